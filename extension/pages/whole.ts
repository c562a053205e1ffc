import type { BackupPart } from "../wasm/sigill.js";
import { fromBase64 } from "./base64.ts";
import { sha256 } from "./sha256.ts";

/** What the session hands out in parts, whole by its hash. */
export async function whole(
	part: (from: number) => Promise<BackupPart>,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; last: BackupPart }> {
	const parts: Uint8Array[] = [];
	for (let from = 0; ; ) {
		const last = await part(from);
		parts.push(fromBase64(last.part));
		if (last.next !== undefined) {
			from = last.next;
			continue;
		}
		const bytes = joined(parts);
		if ((await sha256(bytes)) !== last.sha256) throw new Error("it changed on its way");
		return { bytes, last };
	}
}

/** All parts in one piece; they are wiped. Not by way of a Blob, which can't be and may lie on the disk. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
		part.fill(0);
	}
	return all;
}
