/** Entries are taken in, their files first: those lie beside the vault until the one commit that names them. */
import { call } from "../background/client.ts";
import type { Batch, ImportFile, ImportPreview } from "../wasm/sigill.js";
import { failedWith } from "./failure.ts";
import { type Going, handOver } from "./file-transfer.ts";

/** Files of entries, and what they hold, one at a time. */
export interface Contents {
	readonly files: readonly { readonly entry: number; readonly id: string }[];
	content(number: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What is taken in. */
export interface Coming {
	readonly bundle: { readonly source: string; readonly bundle: string };
	readonly counts: ImportPreview;
	readonly contents: Contents;
}

/** A file that could not be taken; its entry was. */
export interface Left {
	readonly entry: string;
	readonly name: string;
}

export interface Taken {
	readonly batch: Batch;
	readonly left: readonly Left[];
}

/** What keeps one file away, and nothing else. */
const OF_ONE = ["file_damaged", "file_incomplete", "file_too_large", "too_many_files"];

export async function takeIn(coming: Coming, restore: boolean, going: Going): Promise<Taken> {
	const files: ImportFile[] = [];
	const left: Left[] = [];
	try {
		for (const [number, { entry, id }] of coming.contents.files.entries()) {
			going.signal.throwIfAborted();
			const file = await one(coming, number, going, left);
			if (file !== undefined) files.push({ entry, id, file });
			going.progress((number + 1) / coming.contents.files.length);
		}
		going.signal.throwIfAborted();
		return { batch: await call("import", { ...coming.bundle, files, restore }), left };
	} catch (thrown) {
		for (const { file } of files) await call("attachCancel", file).catch(console.warn);
		throw thrown;
	}
}

/** One file, handed over; nothing where its entry is held already, or it can't be taken. */
async function one(
	{ counts, contents }: Coming,
	number: number,
	going: Going,
	left: Left[],
): Promise<string | undefined> {
	const { entry = -1, id = "" } = contents.files[number] ?? {};
	const row = counts.rows[entry];
	if (row?.item === undefined) return undefined;
	try {
		const content = await contents.content(number);
		return await handOver(row.item, new Blob([content]), { ...going, progress: () => {} });
	} catch (thrown) {
		if (!failedWith(thrown, ...OF_ONE)) throw thrown;
		left.push({ entry: row.name, name: row.files.find((file) => file.id === id)?.name ?? "" });
		return undefined;
	}
}
