/** What sites asked for and wait for: `chrome.storage.session`, for the worker may be stopped while a person thinks. */

export interface AskedRow {
	readonly id: string;
	readonly tab: number;
	/** The document that asked: another one in its place gets no answer. */
	readonly document: string;
	readonly origin: string;
	readonly around: readonly string[] | undefined;
	/** The page's words, unread. */
	readonly words: string;
	/** Whether the person is asked only when they choose a passkey beside a field. */
	readonly conditional: boolean;
	/** The window that asks the person. */
	readonly window?: number;
}

const PREFIX = "asked/";
const QUIET = "quiet/";
const QUIET_MS = 60_000;

export async function asked(id: string): Promise<AskedRow | undefined> {
	const { [PREFIX + id]: row } = await chrome.storage.session.get(PREFIX + id);
	return row as AskedRow | undefined;
}

export async function allAsked(): Promise<AskedRow[]> {
	const all = await chrome.storage.session.get(null);
	const rows = Object.entries(all).filter(([key]) => key.startsWith(PREFIX));
	return rows.map(([, row]) => row as AskedRow);
}

export async function keepAsked(row: AskedRow): Promise<void> {
	await chrome.storage.session.set({ [PREFIX + row.id]: row });
}

/** Takes it out; nothing where somebody did before: of two who answer, one does. */
export async function takeAsked(id: string): Promise<AskedRow | undefined> {
	return alone(id, async () => {
		const row = await asked(id);
		await chrome.storage.session.remove(PREFIX + id);
		return row;
	});
}

/** Names the window that asks the person; false where nobody waits any longer. */
export async function nameWindow(id: string, window: number): Promise<boolean> {
	return alone(id, async () => {
		const row = await asked(id);
		if (row) await keepAsked({ ...row, window });
		return row !== undefined;
	});
}

/** A window of this tab went away unanswered: for a while it gets none that nobody asked for. */
export async function hush(tab: number): Promise<void> {
	await chrome.storage.session.set({ [QUIET + tab]: Date.now() + QUIET_MS });
}

export async function isQuiet(tab: number): Promise<boolean> {
	const key = QUIET + tab;
	const { [key]: until = 0 } = await chrome.storage.session.get<Record<string, number>>(key);
	return Date.now() < until;
}

/** The tab was closed. */
export async function forgetQuiet(tab: number): Promise<void> {
	await chrome.storage.session.remove(QUIET + tab);
}

function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
	return navigator.locks.request(PREFIX + id, work) as Promise<T>;
}
