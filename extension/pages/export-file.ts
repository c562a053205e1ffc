import { call } from "../background/client.ts";
import type { Lost } from "../wasm/transfer/sigill_transfer.js";
import { sha256 } from "./backup-file.ts";
import { fromBase64 } from "./base64.ts";
import type { Answer, Job } from "./export.worker.ts";
import { spawn } from "./worker-address.ts";

/** The formats, as `crate/transfer/src/export/mod.rs` names them; what is sealed comes first. */
export const FORMATS = ["kdbx", "bitwarden", "cxf", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** How its files' names end. */
export const EXTENSIONS: Readonly<Record<Format, string>> = {
	kdbx: "kdbx",
	bitwarden: "json",
	cxf: "json",
	csv: "csv",
};

/** Whether its file opens with a password of its own. */
export function isSealed(format: Format): boolean {
	return format === "kdbx";
}

/** The open vault's entries as a bundle, for the root key of its master password; whoever is done wipes it. */
export async function items(root: string): Promise<Uint8Array<ArrayBuffer>> {
	let part = await call("exportItems", root, 0);
	const whole = part.sha256;
	const parts = [fromBase64(part.part)];
	while (part.next !== undefined) {
		part = await call("exportItems", root, part.next);
		parts.push(fromBase64(part.part));
	}
	const file = new Blob(parts);
	for (const part of parts) part.fill(0);
	if ((await sha256(file)) !== whole) throw new Error("the entries changed on their way");
	return new Uint8Array(await file.arrayBuffer());
}

/** What a format can't carry of them. */
export async function losses(items: Uint8Array<ArrayBuffer>, format: Format): Promise<Lost> {
	const answer = await ask({ items, format, write: undefined });
	if ("lost" in answer) return answer.lost;
	throw "failure" in answer ? answer.failure : undefined;
}

/** The file. */
export async function write(
	items: Uint8Array<ArrayBuffer>,
	format: Format,
	password: string | undefined,
): Promise<Blob> {
	const bytes = password === undefined ? undefined : new TextEncoder().encode(password);
	const answer = await ask({ items, format, write: { password: bytes } });
	if ("file" in answer) return new Blob([answer.file], { type: "application/octet-stream" });
	throw "failure" in answer ? answer.failure : undefined;
}

/** The worker gets a copy, and wipes it. */
async function ask(job: Job): Promise<Answer> {
	const worker = spawn("export.worker.js");
	try {
		return await new Promise<Answer>((resolve, reject) => {
			worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => resolve(data));
			worker.addEventListener("error", reject);
			worker.postMessage(job);
		});
	} finally {
		worker.terminate();
		job.write?.password?.fill(0);
	}
}
