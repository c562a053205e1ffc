import type { BackupPart } from "../wasm/sigill.js";
import { fromBase64 } from "./base64.ts";
import { sha256 } from "./sha256.ts";

interface Part {
	/** Base64. */
	readonly part: string;
	/** Where the next one begins. */
	readonly next?: number | undefined;
}

/** What the session hands out in parts, whole by its hash. */
export async function whole(
	part: (from: number) => Promise<BackupPart>,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; last: BackupPart }> {
	let last: BackupPart | undefined;
	const bytes = await inParts(async (from) => {
		last = await part(from);
		return last;
	});
	if (last && (await sha256(bytes)) === last.sha256) return { bytes, last };
	bytes.fill(0);
	throw new Error("it changed on its way");
}

/** All parts in one piece. Not by way of a Blob, which can't be wiped and may lie on the disk. */
export async function inParts(part: (from: number) => Promise<Part>): Promise<Uint8Array<ArrayBuffer>> {
	const parts: Uint8Array[] = [];
	try {
		for (let from: number | undefined = 0; from !== undefined; ) {
			const { part: bytes, next }: Part = await part(from);
			parts.push(fromBase64(bytes));
			from = next;
		}
		return joined(parts);
	} finally {
		for (const bytes of parts) bytes.fill(0);
	}
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
