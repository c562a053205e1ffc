import { call } from "../background/client.ts";
import type { WantedFile } from "../wasm/sigill.js";
import type { Lost } from "../wasm/transfer/sigill_transfer.js";
import type { Job, Results } from "./export.worker.ts";
import { bringAll, fetchFile, type Going } from "./file-transfer.ts";
import { JobWorker } from "./job-worker.ts";
import { whole } from "./whole.ts";

/** The formats, as `crate/transfer/src/export/mod.rs` names them; what is sealed comes first. */
export const FORMATS = ["kdbx", "bitwarden", "cxf", "csv"] as const;
export type Format = (typeof FORMATS)[number];

/** How a format's files' names end, whether they open with a password of their own, and take the entries' files along. */
export const ABOUT: Readonly<Record<Format, { extension: string; sealed: boolean; files: boolean }>> = {
	kdbx: { extension: "kdbx", sealed: true, files: true },
	bitwarden: { extension: "json", sealed: false, files: false },
	cxf: { extension: "json", sealed: false, files: false },
	csv: { extension: "csv", sealed: false, files: false },
};

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

/** The open vault's entries, for the root key of its master password; their files are fetched where they go along. */
export async function items(root: string, format: Format, going: Going): Promise<Leaving> {
	const { bytes: entries, last } = await whole((from) => call("exportItems", root, from));
	const { wanted, unread } = last;
	if (!ABOUT[format].files) return { entries, files: [], missing: [], unread };
	try {
		const files = await fetched(wanted, going);
		return { entries, files, missing: wanted.filter((file) => !files.includes(file)), unread };
	} catch (thrown) {
		entries.fill(0);
		throw thrown;
	}
}

/** Those of the files that can be had, and that go into one file together. */
async function fetched(wanted: readonly WantedFile[], going: Going): Promise<WantedFile[]> {
	const files: WantedFile[] = [];
	let room = LARGEST;
	for (const [number, file] of wanted.entries()) {
		const progress = (part: number) => going.progress((number + part) / wanted.length);
		if (file.size > room || !(await bringAll([file], { ...going, progress }))) continue;
		room -= file.size;
		files.push(file);
	}
	return files;
}

/** What a format can't carry of them. */
export async function losses({ entries }: Leaving, format: Format): Promise<Lost> {
	const worker = new JobWorker<Job, Results>("export.worker.js");
	try {
		// The worker gets a copy, and wipes it.
		return await worker.ask({ job: "losses", items: entries, format });
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
	const worker = new JobWorker<Job, Results>("export.worker.js");
	const close = () => worker.close();
	signal.addEventListener("abort", close);
	try {
		for (const [number, { item, file }] of files.entries()) {
			const content = await fetchFile(item, file, { progress: () => {}, signal });
			await worker.ask({ job: "put", id: file, content }, [content.buffer]);
			progress((number + 1) / files.length);
		}
		signal.throwIfAborted();
		const written = await worker.ask({ job: "write", items: entries, format, password });
		const file = new Blob([written], { type: "application/octet-stream" });
		written.fill(0);
		return file;
	} finally {
		signal.removeEventListener("abort", close);
		worker.close();
		password?.fill(0);
	}
}
