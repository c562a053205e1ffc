/** The one session of this device. */

import { port, ready } from "../storage/index.ts";
import init, { Session } from "../wasm/sigill.js";
import { forgetIfClosed } from "./temporary.ts";

const WASM = "extension/wasm/sigill_bg.wasm";

let started: Promise<Session> | undefined;

/** The session; started at the first call after the worker was. */
export function session(): Promise<Session> {
	started ??= start().catch((reason: unknown) => {
		started = undefined;
		throw reason;
	});
	return started;
}

/** Whether the vault is open. */
export async function isOpen(): Promise<boolean> {
	return (await (await session()).status()).vault.state === "open";
}

async function start(): Promise<Session> {
	const stored = ready(); // opens while the program is compiled
	await init({ module_or_path: fetch(chrome.runtime.getURL(WASM)) });
	await stored;
	await forgetIfClosed();
	return new Session(port);
}
