/**
 * What was sent in a tab and waits to be saved, and the user name of a first step: in memory only, read by the
 * background only, beside the keys of the open vault. Gone with the browser.
 */
const PREFIX = "sent/";
const LASTS_MS = 10 * 60_000;

export interface Sent {
	readonly url: string;
	readonly userName: string;
	/** Empty while there is a user name only. */
	readonly password: string;
	readonly replaced: string | undefined;
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

export async function forgetSent(tab: number): Promise<void> {
	await chrome.storage.session.remove(PREFIX + tab);
}
