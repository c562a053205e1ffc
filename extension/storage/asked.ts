/** What sites asked for and wait for: `chrome.storage.session`, for the worker may be stopped while a person thinks. */
import { sessionRows } from "./memory.ts";

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

export async function asked(id: string): Promise<AskedRow | undefined> {
	const { [PREFIX + id]: row } = await chrome.storage.session.get(PREFIX + id);
	return row as AskedRow | undefined;
}

export async function allAsked(): Promise<AskedRow[]> {
	return (await sessionRows<AskedRow>(PREFIX)).map(([, row]) => row);
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

function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
	return navigator.locks.request(PREFIX + id, work) as Promise<T>;
}
