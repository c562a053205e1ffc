/** Tabs that get no window for a while: a page could go from question to question, each with one, without end. */
const PREFIX = "quiet/";
const QUIET_MS = 60_000;

/** A window of this tab went away unanswered: for a while it gets none that nobody pressed for. */
export async function hush(tab: number): Promise<void> {
	await chrome.storage.session.set({ [PREFIX + tab]: Date.now() + QUIET_MS });
}

export async function isQuiet(tab: number): Promise<boolean> {
	const key = PREFIX + tab;
	const { [key]: until = 0 } = await chrome.storage.session.get<Record<string, number>>(key);
	return Date.now() < until;
}

/** The tab was closed. */
export async function forgetQuiet(tab: number): Promise<void> {
	await chrome.storage.session.remove(PREFIX + tab);
}
