/** The tab that the person is in: what the vault has for it, and filling it from the popup. */
import type { Fillable } from "../content/form-kinds.ts";
import type { ToPage } from "../content/messages.ts";
import { isListed } from "../storage/index.ts";
import type { Caution, Offered, Offers } from "../wasm/sigill.js";
import { bring } from "./bring.ts";
import { loginsFor } from "./logins.ts";
import { call } from "./session.ts";
import { activeTab } from "./tabs.ts";

/** The page beside the popup. */
export interface Here {
	readonly host: string;
	/** Whether the person wants no help there. */
	readonly off: boolean;
	readonly offers: Offers;
}

/** An item that a form in the page beside the popup takes, and a login isn't. */
export interface Other extends Offered {
	readonly kind: "card" | "identity";
}

/** Nothing where the tab shows no page of a site. */
export async function here(): Promise<Here | undefined> {
	const tab = await activeTab();
	if (!tab?.url || !/^https?:/.test(tab.url)) return undefined;
	const host = new URL(tab.url).hostname;
	return { host, offers: await loginsFor(tab.url), off: await isListed("offSites", host) };
}

/** Cards and identities, where a form of the page takes them: to ask it takes longer than to show its logins. */
export async function othersHere(): Promise<Other[]> {
	const tab = await activeTab();
	if (tab?.id === undefined || !tab.url) return [];
	const place = { url: tab.url, top: undefined };
	await bring("content", { tab: tab.id, frame: 0 }).catch(() => undefined);
	const taken = (await tell<Fillable[]>(tab.id, { sigill: "taken" }, { frameId: 0 })) ?? [];
	const others: Other[] = [];
	for (const kind of ["card", "identity"] as const) {
		if (!taken.includes(kind)) continue;
		const { items } = await call("offers", { place, kind });
		others.push(...items.map((item) => ({ ...item, kind })));
	}
	return others;
}

/** Fills the tab's form: that of the page itself, else that of a frame in it. Whether anything went in. */
export async function fillHere(id: string, kind: Fillable, despite: Caution | undefined): Promise<boolean> {
	const tab = await activeTab();
	if (tab?.id === undefined || !tab.url || (await isListed("offSites", new URL(tab.url).hostname)))
		return false;
	const frames = kind === "login" ? "all" : 0;
	const brought = await bring("content", { tab: tab.id, frame: frames }).catch(() => []); // a page of the browser's own
	for (const frameId of brought.sort((one, other) => one - other)) {
		if (await tell<boolean>(tab.id, { sigill: "fill", id, kind, despite }, { frameId })) return true;
	}
	return false;
}

async function tell<Answer>(
	tab: number,
	message: ToPage,
	to: chrome.tabs.MessageSendOptions,
): Promise<Answer | undefined> {
	try {
		return await chrome.tabs.sendMessage<ToPage, Answer | undefined>(tab, message, to);
	} catch {
		return undefined; // no script of ours is in that page
	}
}
