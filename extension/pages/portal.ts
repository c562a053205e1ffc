import { call } from "../background/client.ts";
import type { Door } from "../wasm/sigill.js";

/** Opens the account portal at the right place, in a tab of its own; this device waits there. */
export async function openPortal(door: Door): Promise<void> {
	await chrome.tabs.create({ url: await call("portal", door) });
}

/** For whoever can't sign in there, for want of a second factor. */
export async function openLostFactor(service: string): Promise<void> {
	await chrome.tabs.create({ url: await call("lostFactor", service) });
}
