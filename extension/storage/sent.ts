/**
 * What was sent in a tab and may be saved, and the user name of a first step: in memory only, read by the background
 * only. It lies beside the keys of the open vault, and pages write it: so much of it, and no longer than it is offered
 * (docs/adr/0059). Gone with its tab, and with the browser.
 */
import { sessionRows } from "./memory.ts";

const PREFIX = "sent/";
const LASTS_MS = 10 * 60_000;
/** Tabs of which something is remembered; of more, what is oldest goes. */
const MOST = 64;
/** Letters, at most. What is longer nobody typed, and it isn't remembered. */
const LONGEST = { kind: 32, url: 2048, userName: 1024, password: 4096 };

export interface Sent {
	/** Origin and path of the page. */
	readonly url: string;
	readonly userName: string;
	/** Empty while there is a user name only. */
	readonly password: string;
	readonly replaced: string | undefined;
	/** What kind of form it was sent by. */
	readonly kind: string;
	readonly at: number;
	/** The page that asked for the same again, as long as it does: it seems to have refused it. */
	readonly refusedBy?: string | undefined;
}

export async function sentIn(tab: number): Promise<Sent | undefined> {
	const key = PREFIX + tab;
	const { [key]: sent } = await chrome.storage.session.get<Record<string, Sent | undefined>>(key);
	return sent !== undefined && lasts(sent) ? sent : undefined;
}

export async function rememberSent(tab: number, what: Omit<Sent, "at">): Promise<void> {
	const sent = { ...what, url: addressOf(what.url), at: Date.now() };
	if (!isShort(sent)) return;
	await alone(async () => {
		await chrome.storage.session.set({ [PREFIX + tab]: sent });
		await tidy();
	});
}

/** Notes the page that asks for the same as was sent `at` again; without a page the note goes. */
export async function noteRefused(tab: number, at: number, page: string | undefined): Promise<void> {
	await alone(async () => {
		const sent = await sentIn(tab);
		const refusedBy = page === undefined ? undefined : addressOf(page);
		if (sent?.at !== at || sent.refusedBy === refusedBy) return;
		await chrome.storage.session.set({ [PREFIX + tab]: { ...sent, refusedBy } });
	});
}

/** Whether what was sent `at` seems refused by the page that the tab still shows. */
export async function isRefused(tab: number, at: number, page: string | undefined): Promise<boolean> {
	const sent = await sentIn(tab);
	return page !== undefined && sent?.at === at && sent.refusedBy === addressOf(page);
}

/** That which was sent then; what was sent since stays. */
export async function forgetSent(tab: number, at: number): Promise<void> {
	await alone(async () => {
		if ((await sentIn(tab))?.at === at) await chrome.storage.session.remove(PREFIX + tab);
	});
}

/** All of a tab that was closed. */
export async function forgetTab(tab: number): Promise<void> {
	await alone(() => chrome.storage.session.remove(PREFIX + tab));
}

/** What is offered no longer lies here no longer. */
export async function forgetOver(): Promise<void> {
	await alone(tidy);
}

/** Takes out what is over, and of the rest all but the newest. */
async function tidy(): Promise<void> {
	const rows = await sessionRows<Sent>(PREFIX);
	const newestFirst = rows.sort(([, one], [, other]) => other.at - one.at);
	const over = newestFirst.filter(([, sent], place) => place >= MOST || !lasts(sent));
	await chrome.storage.session.remove(over.map(([key]) => key));
}

const lasts = ({ at }: Sent): boolean => Date.now() - at < LASTS_MS;

/** Texts of a page's script, which may be anything. */
function isShort({ kind, url, userName, password, replaced = "" }: Sent): boolean {
	const texts: [unknown, number][] = [
		[kind, LONGEST.kind],
		[url, LONGEST.url],
		[userName, LONGEST.userName],
		[password, LONGEST.password],
		[replaced, LONGEST.password],
	];
	return texts.every(([text, most]) => typeof text === "string" && text.length <= most);
}

/** A query can hold anything, and of any length. */
function addressOf(url: string): string {
	const { origin, pathname } = new URL(url);
	return origin + pathname;
}

/** Several tabs may send at once. */
function alone<T>(work: () => Promise<T>): Promise<T> {
	return navigator.locks.request("sent", work) as Promise<T>;
}
