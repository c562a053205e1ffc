/** Files between the person and the session, a part at a time: neither side ever holds a message of their size. */
import { call } from "../background/client.ts";
import type { WantedFile } from "../wasm/sigill.js";
import { failedWith } from "./failure.ts";
import { sha256 } from "./sha256.ts";
import { inParts } from "./whole.ts";

/** A chunk's bytes, and how many chunks cross at once; the session says no to anything else. */
const CHUNK = 64 * 1024;
const STEP = 16;

export interface Going {
	/** How far it is, from 0 to 1. */
	readonly progress: (part: number) => void;
	/** The person's wish to stop. */
	readonly signal: AbortSignal;
}

/** Attaches a file to an item; its name among files. */
export async function attach(item: string, file: File, going: Going): Promise<string> {
	const id = await handOver(item, file, going);
	try {
		going.signal.throwIfAborted();
		const said = { name: file.name, mediaType: file.type, sha256: await sha256(file) };
		await call("attachEnd", id, said);
		return id;
	} catch (thrown) {
		await call("attachCancel", id);
		throw thrown;
	}
}

/** Hands the bytes of a file over; until something names it, it is no entry's. */
export async function handOver(item: string, file: Blob, { progress, signal }: Going): Promise<string> {
	const size = Math.min(file.size, 0xffff_ffff);
	const id = await call("attach", item, size);
	try {
		const part = STEP * CHUNK;
		for (let at = 0; at < Math.max(file.size, 1); at += part) {
			signal.throwIfAborted();
			await call("attachPart", id, at / CHUNK, base64(await file.slice(at, at + part).arrayBuffer()));
			progress(Math.min(at + part, file.size) / Math.max(file.size, 1));
		}
		return id;
	} catch (thrown) {
		await call("attachCancel", id);
		throw thrown;
	}
}

/** Has all of a file come to this device. */
async function bring(item: string, file: string, { progress, signal }: Going): Promise<void> {
	for (;;) {
		signal.throwIfAborted();
		const { have, of } = await call("bringFile", item, file);
		progress(have / of);
		if (have === of) return;
	}
}

/** Has all of them come that the cloud can give; whether any did. */
export async function bringAll(files: readonly WantedFile[], going: Going): Promise<boolean> {
	let came = false;
	for (const [number, { item, file }] of files.entries()) {
		const progress = (part: number) => going.progress((number + part) / files.length);
		try {
			await bring(item, file, { ...going, progress });
			came = true;
		} catch (thrown) {
			going.signal.throwIfAborted();
			// Nor will the next one come then.
			if (failedWith(thrown, "service_unreachable", "storage_full")) break;
		}
	}
	return came;
}

/** A file of an item, from this device or the cloud; the session has proved it. */
export async function fetchFile(
	item: string,
	file: string,
	{ progress, signal }: Going,
): Promise<Uint8Array<ArrayBuffer>> {
	await bring(item, file, { progress, signal });
	return inParts(async (from) => {
		signal.throwIfAborted();
		return call("readFile", item, file, from);
	});
}

/** Saves a file under its name; the browser asks where, as the person set it. */
export function save(file: Uint8Array<ArrayBuffer>, name: string): void {
	const link = document.createElement("a");
	// Never shown by the browser: whatever it is, it is saved.
	link.href = URL.createObjectURL(new Blob([file], { type: "application/octet-stream" }));
	file.fill(0);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function base64(buffer: ArrayBuffer): string {
	const bytes = new Uint8Array(buffer);
	let letters = "";
	for (let at = 0; at < bytes.length; at += 8192)
		letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(letters);
}
