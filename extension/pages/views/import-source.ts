import { call } from "../../background/client.ts";
import type { BackupFile } from "../../wasm/sigill.js";
import type { Handed } from "../../wasm/transfer/sigill_transfer.js";
import { BackupReader, inspect, isBackup } from "../backup-file.ts";
import type { Reader } from "../transfer.ts";
import type { Preview } from "./import-preview.ts";

/** More is refused before a byte is read; an archive holds attachments too. */
const LARGEST = 50 * 1024 * 1024;
const LARGEST_ARCHIVE = 250 * 1024 * 1024;

/** What begins a file that holds attachments too: a ZIP, a KeePass database. */
const HOLDING = [
	[0x50, 0x4b, 3, 4],
	[3, 0xd9, 0xa2, 0x9a],
];

/** Throws where a file is larger than any that is read; of a backup file no more is held than it takes. */
export async function refuseTooLarge(file: Blob): Promise<void> {
	if (await isBackup(file)) return;
	const begins = new Uint8Array(await file.slice(0, 4).arrayBuffer());
	const isArchive = HOLDING.some((magic) => magic.every((byte, at) => begins[at] === byte));
	if (file.size <= (isArchive ? LARGEST_ARCHIVE : LARGEST)) return;
	throw { code: isArchive ? "import_archive_too_large" : "import_too_large" };
}

/** What can be known of a backup file without its master password; nothing of any other file. */
export async function backupIn(file: Blob): Promise<BackupFile | undefined> {
	return (await isBackup(file)) ? inspect(file) : undefined;
}

/** What a backup file holds; its reader is closed with the preview. */
export async function readBackup(file: File, password: string): Promise<Preview> {
	const reader = new BackupReader();
	try {
		const { bundle: items, trashed, unread, files } = await reader.open(file, password);
		const bundle = { source: file.name, bundle: items };
		const contents = { files, content: (number: number) => reader.content(number) };
		const counts = await call("previewImport", bundle.bundle);
		return { bundle, read: undefined, counts, contents, trashed, unread, close: () => reader.close() };
	} catch (thrown) {
		reader.close();
		throw thrown;
	}
}

/** What a file of another program would do to the vault; whoever read it closes the reader. */
export async function previewOf(file: File, read: Handed, reader: Reader): Promise<Preview> {
	const bundle = { source: file.name, bundle: read.bundle };
	const contents = { files: read.files, content: (number: number) => reader.content(number) };
	const counts = await call("previewImport", bundle.bundle);
	return { bundle, read, counts, contents, trashed: 0, unread: 0, close: () => {} };
}
