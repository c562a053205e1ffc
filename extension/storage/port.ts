/** What the wasm session needs of the browser. */
import type { Port } from "../wasm/sigill.js";
import { publicKey, sign } from "./device-key.ts";
import { sessionClear, sessionGet, sessionSet } from "./memory.ts";
import { commit, get, getAll, keys, scan } from "./rows.ts";

/** Waits for a Web Lock; what it resolves to gives the lock back. */
function lock(name: string): Promise<() => void> {
	return new Promise((acquired, refused) => {
		const held = () => new Promise<void>((release) => acquired(() => release()));
		navigator.locks.request(`sigill/${name}`, held).catch(refused);
	});
}

/** A data file of the extension: a store that is only read. */
async function suffixes(): Promise<string> {
	const list = await fetch(chrome.runtime.getURL("extension/data/public-suffixes.txt"));
	return list.text();
}

export const port: Port = {
	get,
	getAll,
	scan,
	keys,
	commit,
	sessionGet,
	sessionSet,
	sessionClear,
	sign: (message) => sign(message.slice()),
	publicKey,
	suffixes,
	lock,
};
