import { call } from "../../background/client.ts";
import type { BackupFile } from "../../wasm/sigill.js";
import type { Handed } from "../../wasm/transfer/sigill_transfer.js";
import { inspect, isBackup, open } from "../backup-file.ts";
import type { Preview } from "./import-preview.ts";

/** More is refused before a byte is read; an archive holds attachments too. */
const LARGEST = 50 * 1024 * 1024;
const LARGEST_ARCHIVE = 250 * 1024 * 1024;

/** Throws where a file is larger than any that is read. */
export async function refuseTooLarge(file: Blob): Promise<void> {
	const isArchive = (await file.slice(0, 4).text()) === "PK\u0003\u0004";
	if (file.size <= (isArchive ? LARGEST_ARCHIVE : LARGEST)) return;
	throw { code: isArchive ? "import_archive_too_large" : "import_too_large" };
}

/** What can be known of a backup file without its master password; nothing of any other file. */
export async function backupIn(file: Blob): Promise<BackupFile | undefined> {
	return (await isBackup(file)) ? inspect(file) : undefined;
}

/** What a backup file holds. */
export async function readBackup(file: File, password: string): Promise<Preview> {
	const { bundle: items, trashed } = await open(file, password);
	const bundle = { source: file.name, bundle: items };
	return { bundle, read: undefined, counts: await call("previewImport", bundle), trashed };
}

/** What a file of another program would do to the vault. */
export async function previewOf(file: File, read: Handed): Promise<Preview> {
	const bundle = { source: file.name, bundle: read.bundle };
	return { bundle, read, counts: await call("previewImport", bundle), trashed: 0 };
}
