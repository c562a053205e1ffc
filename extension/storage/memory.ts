/**
 * What lives until the browser closes: `chrome.storage.session`, which only
 * our own pages and the background may read. Bytes as base64.
 */
const PREFIX = "session/";

export async function sessionGet(key: string): Promise<Uint8Array | undefined> {
	const { [PREFIX + key]: text } = await chrome.storage.session.get(PREFIX + key);
	return typeof text === "string" ? Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) : undefined;
}

export async function sessionSet(key: string, value: Uint8Array): Promise<void> {
	const text = btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(""));
	await chrome.storage.session.set({ [PREFIX + key]: text });
}

export async function sessionClear(): Promise<void> {
	await chrome.storage.session.remove((await sessionRows(PREFIX)).map(([key]) => key));
}

/** What lies there under keys that begin so. */
export async function sessionRows<Row>(prefix: string): Promise<[string, Row][]> {
	const all = await chrome.storage.session.get<Record<string, Row>>(null);
	return Object.entries(all).filter(([key]) => key.startsWith(prefix));
}

const RUN = "run";

/** Whether the browser was not closed since {@link beginRun}. */
export async function isSameRun(): Promise<boolean> {
	return (await chrome.storage.session.get(RUN))[RUN] === true;
}

/** From here on it is known whether the browser was closed. */
export async function beginRun(): Promise<void> {
	await chrome.storage.session.set({ [RUN]: true });
}

/**
 * Scripts in pages may never read or write it, nor the settings; said once, when the background starts. For `session` it is
 * so anyway; a browser that can't say it of `local` leaves the settings open to a page's process that was taken over.
 */
export async function onlyForOurselves(): Promise<void> {
	for (const area of [chrome.storage.session, chrome.storage.local])
		await area.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" }).catch(() => undefined);
}
