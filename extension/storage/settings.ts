import { LEAK_SERVICE } from "./leak-service.ts";

/** Settings: `chrome.storage.local`. Nothing secret is among them. */

export interface Settings {
	/** `auto`: the browser's. */
	language: "auto" | "en" | "sv";
	/** `auto`: the system's. */
	theme: "auto" | "light" | "dark";
	/** Minutes until the vault locks; 0 for never while the browser runs. */
	lockAfter: number;
	/** Seconds until a copied secret leaves the clipboard; 0 for never. */
	clipboardSeconds: number;
	/** The account service. */
	service: string;
	/** Whether a login is filled as soon as its page is there, where there is one only and nothing is odd. */
	fillAtOnce: boolean;
	/** Hosts on which nothing is offered. */
	offSites: readonly string[];
	/** Hosts of which nothing is to be saved. */
	neverSave: readonly string[];
	/** Whether sites are offered passkeys of Sigill's. */
	sitePasskeys: boolean;
	/** Hosts that are not. */
	sitePasskeysOff: readonly string[];
	/** Whether the person may ask a service about passwords that leaked. */
	leakLookUp: boolean;
	/** That service. */
	leakService: string;
	/** The person does without help on sites: nobody asks for access to them again. */
	withoutSites: boolean;
}

export const DEFAULTS: Readonly<Settings> = {
	language: "auto",
	theme: "auto",
	lockAfter: 15,
	clipboardSeconds: 30,
	service: "http://127.0.0.1:8787",
	fillAtOnce: false,
	offSites: [],
	neverSave: [],
	sitePasskeys: true,
	sitePasskeysOff: [],
	leakLookUp: false,
	leakService: LEAK_SERVICE,
	withoutSites: false,
};

const KEY = "settings";

/** Refuses whatever is not a setting of ours: it may come from an older version. */
const CHECKS: { [Name in keyof Settings]: (value: unknown) => value is Settings[Name] } = {
	language: (value): value is Settings["language"] => value === "auto" || value === "en" || value === "sv",
	theme: (value): value is Settings["theme"] => value === "auto" || value === "light" || value === "dark",
	lockAfter: isCount,
	clipboardSeconds: isCount,
	service: (value): value is string => typeof value === "string",
	fillAtOnce: isBoolean,
	offSites: areTexts,
	neverSave: areTexts,
	sitePasskeys: isBoolean,
	sitePasskeysOff: areTexts,
	leakLookUp: isBoolean,
	leakService: (value): value is string => typeof value === "string",
	withoutSites: isBoolean,
};

function isBoolean(value: unknown): value is boolean {
	return typeof value === "boolean";
}

function areTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every((member) => typeof member === "string");
}

function isCount(value: unknown): value is number {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 1_000_000;
}

function pick<Name extends keyof Settings>(stored: Record<string, unknown>, name: Name): Settings[Name] {
	const value = stored[name];
	return CHECKS[name](value) ? value : DEFAULTS[name];
}

function parse(stored: unknown): Settings {
	const rows: Record<string, unknown> = typeof stored === "object" && stored !== null ? { ...stored } : {};
	return {
		language: pick(rows, "language"),
		theme: pick(rows, "theme"),
		lockAfter: pick(rows, "lockAfter"),
		clipboardSeconds: pick(rows, "clipboardSeconds"),
		service: pick(rows, "service"),
		fillAtOnce: pick(rows, "fillAtOnce"),
		offSites: pick(rows, "offSites"),
		neverSave: pick(rows, "neverSave"),
		sitePasskeys: pick(rows, "sitePasskeys"),
		sitePasskeysOff: pick(rows, "sitePasskeysOff"),
		leakLookUp: pick(rows, "leakLookUp"),
		leakService: pick(rows, "leakService"),
		withoutSites: pick(rows, "withoutSites"),
	};
}

export async function settings(): Promise<Settings> {
	const { [KEY]: stored } = await chrome.storage.local.get(KEY);
	return parse(stored);
}

export function changeSettings(changes: Partial<Settings>): Promise<Settings> {
	return change(() => changes);
}

/** One after the other: pages and the background may change them at once. */
function change(by: (now: Settings) => Partial<Settings>): Promise<Settings> {
	return navigator.locks.request("settings", async () => {
		const now = await settings();
		const next = { ...now, ...by(now) };
		await chrome.storage.local.set({ [KEY]: next });
		return next;
	}) as Promise<Settings>;
}

/** The settings that are lists of hosts. */
export type HostList = "offSites" | "neverSave" | "sitePasskeysOff";

/** Puts a host on a list, or takes it off. */
export function setListed(name: HostList, host: string, on: boolean): Promise<Settings> {
	return change((now) => {
		const others = now[name].filter((other) => other !== host);
		return { [name]: on ? [...others, host] : others };
	});
}

export async function isListed(name: HostList, host: string): Promise<boolean> {
	return (await settings())[name].includes(host);
}

/** Calls `heard` after every change, in any page; what it returns ends that. */
export function onSettings(heard: (changed: Settings) => void): () => void {
	const listener = (changes: { [name: string]: chrome.storage.StorageChange }, area: string) => {
		const change = changes[KEY];
		if (area === "local" && change) heard(parse(change.newValue));
	};
	chrome.storage.onChanged.addListener(listener);
	return () => chrome.storage.onChanged.removeListener(listener);
}
