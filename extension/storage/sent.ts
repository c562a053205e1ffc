/**
 * What was sent in a tab and waits to be saved, and the user name of a first step: in memory only, read by the
 * background only, beside the keys of the open vault. Gone with the browser.
 */
const PREFIX = "sent/";
const REFUSED = "refused/";
const LASTS_MS = 10 * 60_000;

export interface Sent {
	readonly url: string;
	readonly userName: string;
	/** Empty while there is a user name only. */
	readonly password: string;
	readonly replaced: string | undefined;
	/** What kind of form it was sent by. */
	readonly kind: string;
	readonly at: number;
}

export async function sentIn(tab: number): Promise<Sent | undefined> {
	const key = PREFIX + tab;
	const { [key]: sent } = await chrome.storage.session.get<Record<string, Sent | undefined>>(key);
	return sent !== undefined && Date.now() - sent.at < LASTS_MS ? sent : undefined;
}

export async function rememberSent(tab: number, sent: Omit<Sent, "at">): Promise<void> {
	await chrome.storage.session.set({ [PREFIX + tab]: { ...sent, at: Date.now() } });
}

/**
 * A page asks for the same as was sent `at` again: it seems to have refused it. Kept apart from what was sent, of which
 * there may be another by now; without a page the note goes.
 */
export async function noteRefused(tab: number, at: number, page: string | undefined): Promise<void> {
	const key = REFUSED + tab;
	if (page === undefined) await chrome.storage.session.remove(key);
	else await chrome.storage.session.set({ [key]: { at, page } });
}

/** Whether what was sent `at` seems refused by the page that the tab still shows. */
export async function isRefused(tab: number, at: number, page: string | undefined): Promise<boolean> {
	const key = REFUSED + tab;
	const { [key]: note } = await chrome.storage.session.get<Record<string, { at: number; page: string }>>(key);
	return note !== undefined && note.at === at && note.page === page;
}

/** That which was sent then; what was sent since stays. */
export async function forgetSent(tab: number, at: number): Promise<void> {
	if ((await sentIn(tab))?.at === at) await chrome.storage.session.remove(PREFIX + tab);
}
