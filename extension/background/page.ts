/**
 * Answers the scripts in pages. They are believed nothing but what was typed: where they run the browser says, what
 * is theirs the session judges. There is nothing dangerous to be had here.
 */
import type { Ask, Asks, FromPage, Pending } from "../content/messages.ts";
import { changeSettings, forgetSent, rememberSent, type Sent, sentIn, settings } from "../storage/index.ts";
import type { Place, Submitted } from "../wasm/sigill.js";
import { badge } from "./badge.ts";
import { looks } from "./looks.ts";
import { formsIn } from "./page-forms.ts";
import { changed } from "./pages.ts";
import { session } from "./session.ts";
import { soon } from "./sync.ts";

/** A description of a page is no longer than this. */
const LONGEST = 2_000_000;

/** A script of ours in a page: which, and where. */
interface Asker {
	readonly place: Place;
	readonly host: string;
	readonly tab: number;
}

type Answers = { [Name in Ask]: (asker: Asker, ask: Asks[Name]["ask"]) => Promise<Asks[Name]["answer"]> };

const ANSWERS: Answers = {
	forms: async ({ host, place, tab }, { description }) => {
		if (description.length > LONGEST || (await isOff(host))) return undefined;
		if (place.top === undefined) void badge(tab, place.url);
		return formsIn(description);
	},
	looks: () => looks(),
	offers: async ({ place }, { kind }) => {
		if (!(await isOpen())) return undefined;
		return (await session()).offers({ place, kind });
	},
	fillings: async ({ place }, { id, despite, fields }) =>
		(await session()).fillings({ place, id, despite, fields: [...fields] }),
	named: async ({ tab, place }, { userName }) => {
		await rememberSent(tab, { url: place.url, userName, password: "", replaced: undefined });
		return undefined;
	},
	sent: async ({ tab, place }, { userName, password, replaced }) => {
		const named = userName === "" ? await nameBefore(tab, place) : userName;
		await rememberSent(tab, { url: place.url, userName: named, password, replaced });
		return undefined;
	},
	pending: ({ tab, place, host }, { asksAgain }) => pending(tab, { place, host, asksAgain }),
	save: async ({ tab }) => {
		const sent = await sentIn(tab);
		if (!sent?.password || !(await isOpen())) return false;
		await (await session()).saveSubmitted(submitted(sent));
		await forgetSent(tab);
		changed();
		soon();
		return true;
	},
	drop: async ({ tab }, { forever }) => {
		const sent = await sentIn(tab);
		if (forever && sent) await neverSaveOn(new URL(sent.url).hostname);
		await forgetSent(tab);
		return undefined;
	},
	open: async () => {
		await chrome.action.openPopup();
		return undefined;
	},
};

/** Whether it was for a script in a page; then it is answered. */
export function answerPage(
	message: unknown,
	sender: chrome.runtime.MessageSender,
	reply: (answer: { value?: unknown }) => void,
): boolean {
	const asker = askerOf(sender);
	if (!isFromPage(message) || !asker) return false;
	const answer = ANSWERS[message.page] as (asker: Asker, ask: unknown) => Promise<unknown>;
	answer(asker, message).then(
		(value) => reply({ value }),
		() => reply({}), // locked meanwhile, or not for this page: it gets nothing, and no reason
	);
	return true;
}

function isFromPage(message: unknown): message is FromPage {
	return (
		typeof message === "object" &&
		message !== null &&
		"page" in message &&
		typeof message.page === "string" &&
		Object.hasOwn(ANSWERS, message.page)
	);
}

/**
 * Who asks: a script of ours in a tab, in a page that has a site. An empty or written-in frame is of whoever made it:
 * its origin says so, its address doesn't. Of a frame whose tab isn't known nothing is said.
 */
function askerOf({ id, tab, url, origin, frameId }: chrome.runtime.MessageSender): Asker | undefined {
	if (id !== chrome.runtime.id || tab?.id === undefined || !origin || !/^https?:/.test(origin))
		return undefined;
	const own = url !== undefined && new URL(url).origin === origin ? url : `${origin}/`;
	const place = { url: own, top: frameId === 0 ? undefined : (tab.url ?? "unknown:") };
	return { place, host: new URL(own).hostname, tab: tab.id };
}

async function isOpen(): Promise<boolean> {
	return (await (await session()).status()).vault.state === "open";
}

async function isOff(host: string): Promise<boolean> {
	return (await settings()).offSites.includes(host);
}

async function neverSaveOn(host: string): Promise<void> {
	const { neverSave } = await settings();
	if (!neverSave.includes(host)) await changeSettings({ neverSave: [...neverSave, host] });
}

/** The user name of a first step on the same host. */
async function nameBefore(tab: number, { url }: Place): Promise<string> {
	const before = await sentIn(tab);
	return before && new URL(before.url).origin === new URL(url).origin ? before.userName : "";
}

const submitted = ({ url, userName, password, replaced }: Sent): Submitted => ({
	place: { url, top: undefined },
	name: "",
	userName,
	password,
	replaced,
});

/** What waits in that tab. A page that asks for the same again refused it, it seems: then it waits on. */
async function pending(
	tab: number,
	{ place, host, asksAgain }: { place: Place; host: string; asksAgain: boolean },
): Promise<Pending | undefined> {
	const sent = await sentIn(tab);
	if (!sent?.password) return undefined;
	const sentTo = new URL(sent.url);
	if (asksAgain && sentTo.hostname === host) return undefined;
	if (place.top !== undefined || (await settings()).neverSave.includes(sentTo.hostname)) return undefined;
	const of = { host: sentTo.hostname, userName: sent.userName };
	if (!(await isOpen())) return { ...of, savable: "locked", name: "" };
	const { savable, name } = await (await session()).submitted(submitted(sent));
	if (savable === "known") {
		await forgetSent(tab);
		return undefined;
	}
	return { ...of, savable, name };
}
