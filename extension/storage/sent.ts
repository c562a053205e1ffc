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
	/** Whether the page asked for the same again, so it seems to have refused it. */
	readonly refused: boolean;
	readonly at: number;
}

export async function sentIn(tab: number): Promise<Sent | undefined> {
	const key = PREFIX + tab;
	const { [key]: sent } = await chrome.storage.session.get<Record<string, Sent | undefined>>(key);
	return sent !== undefined && Date.now() - sent.at < LASTS_MS ? sent : undefined;
}

export async function rememberSent(tab: number, sent: Omit<Sent, "at" | "refused">): Promise<void> {
	await chrome.storage.session.set({ [PREFIX + tab]: { ...sent, refused: false, at: Date.now() } });
}

export async function noteRefused(tab: number, sent: Sent, refused: boolean): Promise<void> {
	if (sent.refused !== refused) await chrome.storage.session.set({ [PREFIX + tab]: { ...sent, refused } });
}

/** That which was sent then; what was sent since stays. */
export async function forgetSent(tab: number, at: number): Promise<void> {
	if ((await sentIn(tab))?.at === at) await chrome.storage.session.remove(PREFIX + tab);
}
