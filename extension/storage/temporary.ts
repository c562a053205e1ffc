/**
 * A shared computer: nothing stays after the browser closes. Said in the device's own store, not among the settings:
 * whoever can say it has everything here erased, and not every browser keeps scripts in pages out of `chrome.storage.local`.
 */
import { beginRun } from "./memory.ts";
import { commit, get } from "./rows.ts";

const ROW = "browser/temporary";

export async function isTemporary(): Promise<boolean> {
	return (await get(ROW)) !== undefined;
}

export async function makeTemporary(): Promise<void> {
	await beginRun();
	await commit([[ROW, new Uint8Array(1)]], []);
}

export async function makePermanent(): Promise<void> {
	await commit([], [ROW]);
}
