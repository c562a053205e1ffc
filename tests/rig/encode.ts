import { createHash } from "node:crypto";

/** A field of the canonical encoding: its length, then its bytes. */
function field(content: Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(content.length);
	return Buffer.concat([length, content]);
}

export function text(content: string): Buffer {
	return field(Buffer.from(content));
}

/** A name or a hash, as it is written: in hexadecimal. */
export function hex(content: string): Buffer {
	return field(Buffer.from(content, "hex"));
}

export function bytes(content: Uint8Array): Buffer {
	return field(content);
}

export function integer(value: number): Buffer {
	const content = Buffer.alloc(8);
	content.writeBigUInt64BE(BigInt(value));
	return field(content);
}

/** An optional field that is absent. */
export const ABSENT = Buffer.from([0]);

/** SHA-256 of an encoding, in hexadecimal. */
export function hash(label: string, ...fields: readonly Buffer[]): string {
	return createHash("sha256")
		.update(Buffer.concat([text(label), ...fields]))
		.digest("hex");
}
