import { call } from "../background/client.ts";
import type { WantedFile } from "../wasm/sigill.js";
import type { Lost } from "../wasm/transfer/sigill_transfer.js";
import { parts } from "./backup-file.ts";
import type { Answer, Job } from "./export.worker.ts";
import { bringAll, fetchFile, type Going } from "./file-transfer.ts";
import { JobWorker } from "./job-worker.ts";

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

/** Bytes of files that go into one file: more than that opens nowhere. */
const LARGEST = 150 * 1024 * 1024;

/** What leaves: whoever is done wipes the entries. */
export interface Leaving {
	/** A bundle. */
	readonly entries: Uint8Array<ArrayBuffer>;
	/** Files of the entries that go along. */
	readonly files: readonly WantedFile[];
	/** Files of the entries that can't be had, or are too many. */
	readonly missing: readonly WantedFile[];
	/** Entries of a newer Sigill, which nobody here can read. */
	readonly unread: number;
}

/** Whether its file takes the entries' files along. */
export function carriesFiles(format: Format): boolean {
	return format === "kdbx";
}

/** Not by way of a Blob, which can't be wiped and may lie on the disk. */
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

/** The open vault's entries, for the root key of its master password; their files are fetched where they go along. */
export async function items(root: string, format: Format, going: Going): Promise<Leaving> {
	const { bytes, last } = await parts((from) => call("exportItems", root, from));
	const entries = joined(bytes);
	for (const part of bytes) part.fill(0);
	const { wanted, unread } = last;
	if (!carriesFiles(format)) return { entries, files: [], missing: [], unread };
	const files: WantedFile[] = [];
	let room = LARGEST;
	for (const [number, file] of wanted.entries()) {
		const progress = (part: number) => going.progress((number + part) / wanted.length);
		if (file.size > room || !(await bringAll([file], { ...going, progress }))) continue;
		room -= file.size;
		files.push(file);
	}
	return { entries, files, missing: wanted.filter((file) => !files.includes(file)), unread };
}

/** What a format can't carry of them. */
export async function losses({ entries }: Leaving, format: Format): Promise<Lost> {
	const worker = new JobWorker<Job, Answer>("export.worker.js");
	try {
		// The worker gets a copy, and wipes it.
		const answer = await worker.ask({ job: "losses", items: entries, format });
		if ("lost" in answer) return answer.lost;
		throw new Error("the worker answered something else");
	} finally {
		worker.close();
	}
}

/** The file; `going` ends it at any moment. */
export async function write(
	{ entries, files }: Leaving,
	{ format, password: typed }: { format: Format; password: string | undefined },
	{ progress, signal }: Going,
): Promise<Blob> {
	const password = typed === undefined ? undefined : new TextEncoder().encode(typed);
	const worker = new JobWorker<Job, Answer>("export.worker.js");
	const close = () => worker.close();
	signal.addEventListener("abort", close);
	try {
		for (const [number, { item, file }] of files.entries()) {
			const read = await fetchFile(item, file, { progress: () => {}, signal });
			const content = new Uint8Array(await read.arrayBuffer());
			await worker.ask({ job: "put", id: file, content }, [content.buffer]);
			progress((number + 1) / files.length);
		}
		signal.throwIfAborted();
		const answer = await worker.ask({ job: "write", items: entries, format, password });
		if ("file" in answer) return new Blob([answer.file], { type: "application/octet-stream" });
		throw new Error("the worker answered something else");
	} finally {
		signal.removeEventListener("abort", close);
		worker.close();
		password?.fill(0);
	}
}
