/** A site asks: the browser answers, or the person is asked. */
import {
	type AskedRow,
	allAsked,
	hush,
	isQuiet,
	keepAsked,
	nameWindow,
	settings,
	takeAsked,
} from "../../storage/index.ts";
import type { Asking, Ceremony } from "../../wasm/passkey/sigill_passkey.js";
import { askerOf } from "../asker.ts";
import { call } from "../session.ts";
import { isBefore } from "../tabs.ts";
import { stop, takeGone } from "./answer.ts";
import { heldFor, hostOf } from "./held.ts";
import { type FromSite, isFromSite, type Reply } from "./messages.ts";
import { withCeremony } from "./module.ts";

type Sender = chrome.runtime.MessageSender;

/** A document in a tab, and its origin, by the browser's word. */
interface Document {
	readonly tab: number;
	readonly document: string;
	readonly origin: string;
}

const PAGE = "extension/pages/site-passkey.html";
const SIZE = { width: 420, height: 660 };
/** Requests that wait, at most: of 64 kB each. */
const MOST = 48;
const MOST_OF_TAB = 8;
/** Pages around a frame, at most. */
const DEEPEST = 16;
const ELSEWHERE: Reply = { way: "elsewhere" };

/** Answers scripts in pages; whoever is none gets no answer. */
export function hear(message: unknown, sender: Sender, reply: (answer: unknown) => void): boolean {
	const asker = askerOf(sender);
	if (!asker?.document || !isFromSite(message)) return false;
	const { tab, document, origin, frame } = asker;
	answer(message, { tab, document, origin }, frame === 0).then(reply, (thrown: unknown) => {
		console.error(thrown);
		reply(undefined);
	});
	return true;
}

function answer(message: FromSite, from: Document, top: boolean): Promise<unknown> {
	switch (message.sigill) {
		case "site-passkeys-on":
			return isOn(from.origin);
		case "site-passkey-stop":
			return stop(message.id, from.document);
		case "site-passkey-ask": {
			const around = top ? undefined : (message.around ?? []);
			return ask(
				message.words,
				{ origin: from.origin, around: around && [...around], occasion: message.occasion },
				from,
			);
		}
	}
}

/** Whether Sigill may have a passkey for an origin. */
export async function isOn(origin: string): Promise<boolean> {
	const { sitePasskeys, sitePasskeysOff, offSites } = await settings();
	if (!sitePasskeys || [...sitePasskeysOff, ...offSites].includes(hostOf(origin))) return false;
	const { vault } = await call("status");
	return vault.state === "locked" || vault.state === "open";
}

async function ask(words: string, asking: Asking, from: Document): Promise<Reply> {
	if ((asking.around?.length ?? 0) > DEEPEST || !(await isOn(from.origin))) return ELSEWHERE;
	const reply = await withCeremony(words, asking, async (ceremony): Promise<Reply> => {
		const about = ceremony.about();
		if (about.act === "get" && !(await mayHold(ceremony, about.rp))) return ELSEWHERE;
		const { conditional, patience } = about;
		const row = { id: crypto.randomUUID(), ...from, around: asking.around, words, conditional };
		const way = await wait(row, asking.occasion);
		return way === "wait" ? { way, id: row.id, patience, conditional } : { way };
	});
	return reply ?? ELSEWHERE;
}

/** Puts a request where it waits for the person, who is asked by one page at a time. */
function wait(row: AskedRow, occasion: Asking["occasion"]): Promise<Reply["way"]> {
	return navigator.locks.request("site-passkey", async () => {
		if (await isFull(row)) return "elsewhere";
		if (!row.conditional && (await isAsking())) return "refused";
		if (!row.conditional && !(await mayOpen(row.tab, occasion))) return "elsewhere";
		await keepAsked(row);
		if (!row.conditional) await openWindow(row.id);
		return "wait";
	}) as Promise<Reply["way"]>;
}

/**
 * Whether a window may come before the person, who presses only in a tab that is before them. Where nobody pressed they
 * have to look at that tab, and to have left no window of it unanswered just now: a page that opens itself anew asks for
 * the first time again, without end.
 */
async function mayOpen(tab: number, occasion: Asking["occasion"]): Promise<boolean> {
	if (occasion === "acted") return (await chrome.tabs.get(tab)).active;
	return (await isBefore(tab)) && !(await isQuiet(tab));
}

/** Pages could else fill the storage that the open vault's keys lie in. A document waits beside its fields once. */
async function isFull({ tab, document, conditional }: AskedRow): Promise<boolean> {
	for (const row of conditional ? await allAsked() : []) {
		if (row.conditional && row.document === document) await takeAsked(row.id);
	}
	if (await hasRoom(tab)) return false;
	await takeGone();
	return !(await hasRoom(tab));
}

async function hasRoom(tab: number): Promise<boolean> {
	const rows = await allAsked();
	return rows.length < MOST && rows.filter((row) => row.tab === tab).length < MOST_OF_TAB;
}

/** What a locked vault holds is not known. */
async function mayHold(ceremony: Ceremony, rp: string): Promise<boolean> {
	const held = await heldFor(rp);
	return held === undefined || held.passkeys.some(({ credential }) => ceremony.concerns(credential));
}

/** Whether the person is being asked: by one page at a time. */
async function isAsking(): Promise<boolean> {
	for (const { id, tab, window } of await allAsked()) {
		if (window === undefined) continue;
		if (await chrome.windows.get(window).catch(() => undefined)) return true;
		await hush(tab);
		await takeAsked(id); // its window went unseen
	}
	return false;
}

/** Asks the person, in a window of our own. */
export async function openWindow(id: string): Promise<void> {
	const url = chrome.runtime.getURL(`${PAGE}#${id}`);
	const window = await chrome.windows.create({ url, type: "popup", focused: true, ...SIZE });
	if (window?.id === undefined || (await nameWindow(id, window.id))) return;
	await chrome.windows.remove(window.id).catch(() => {});
}
