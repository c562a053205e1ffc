import { call } from "../background/client.ts";
import type { BackupFile, BackupItems, FilePart, WantedFile } from "../wasm/sigill.js";
import type { Job, Results } from "./backup.worker.ts";
import { fromBase64 } from "./base64.ts";
import { bringAll, type Going } from "./file-transfer.ts";
import { JobWorker } from "./job-worker.ts";
import { sha256 } from "./sha256.ts";
import { whole } from "./whole.ts";

/** Every backup file begins so: the length of its label, and the label. */
const BEGINNING = "\0\0\0\x0fsigill/backup/";

/** Whether a file says of itself that it is one. */
export async function isBackup(file: Blob): Promise<boolean> {
	const bytes = new Uint8Array(await file.slice(0, BEGINNING.length).arrayBuffer());
	return String.fromCharCode(...bytes) === BEGINNING;
}

/** Reads a backup file; its worker holds the keys to it until it is closed. */
export class BackupReader {
	private readonly worker = new JobWorker<Job, Results>("backup.worker.js");

	/** What can be known of it without its master password. */
	inspect(file: Blob): Promise<BackupFile> {
		return this.worker.ask({ job: "inspect", file });
	}

	/** Its entries. */
	open(file: Blob, typed: string): Promise<BackupItems> {
		const password = new TextEncoder().encode(typed.normalize("NFKC"));
		return this.worker.ask({ job: "open", file, password }, [password.buffer]);
	}

	/** The content of a file of an entry, by its place among those of the backup. */
	content(number: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.worker.ask({ job: "content", number });
	}

	close(): void {
		this.worker.close();
	}
}

/** What can be known of a backup file without its master password: of its beginning. */
export async function inspect(file: Blob): Promise<BackupFile> {
	const reader = new BackupReader();
	try {
		return await reader.inspect(file);
	} finally {
		reader.close();
	}
}

/** The same after all of it was read: the chunks of each of its files, one file at a time. */
export async function proved(file: Blob, { signal }: Pick<Going, "signal"> = QUIET): Promise<BackupFile> {
	const about = await inspect(file);
	for (const { at, length, sha256: said } of about.files) {
		signal.throwIfAborted();
		if ((await sha256(file.slice(at, at + length))) !== said) throw { code: "no_backup" };
	}
	return about;
}

export interface Made {
	readonly file: Blob;
	readonly sha256: string;
	readonly count: number;
	/** Files of entries that neither this device nor the cloud could give. */
	readonly missing: readonly WantedFile[];
}

const QUIET: Going = { progress: () => {}, signal: new AbortController().signal };

/** This device's vault as a file, its entries' files too: what is not here is fetched first. The session
 * proved it; that it came over whole is seen by reading it back. */
export async function make(going: Going = QUIET): Promise<Made> {
	let { bytes, last } = await whole((from) => call("backup", from));
	if (await bringAll(last.wanted, going)) ({ bytes, last } = await whole((from) => call("backup", from)));
	const blobs = [new Blob([bytes])];
	for (const [number, held] of last.held.entries()) {
		let from: number | undefined = 0;
		while (from !== undefined) {
			going.signal.throwIfAborted();
			const part: FilePart = await call("backupChunks", held, from);
			blobs.push(new Blob([fromBase64(part.part)]));
			from = part.next;
		}
		going.progress((number + 1) / last.held.length);
	}
	const file = new Blob(blobs, { type: "application/octet-stream" });
	if ((await proved(file, going)).sha256 !== last.sha256) throw new Error("the backup changed on its way");
	return { file, sha256: last.sha256, count: last.count, missing: last.wanted };
}

/** Saves it with the browser's downloads; its name then. */
export function save({ file }: Made): Promise<string> {
	return download(file, dated("sigill", "sigill"));
}

/** A file's name with today's date in it. */
export function dated(name: string, extension: string): string {
	return `${name}-${new Date().toISOString().slice(0, 10)}.${extension}`;
}

/** Saves a file with the browser's downloads, until the browser says that all of it is there; its name then. */
export async function download(file: Blob, filename: string): Promise<string> {
	const url = URL.createObjectURL(file);
	try {
		const id = await chrome.downloads.download({ url, filename, conflictAction: "uniquify" });
		const saved = await completed(id);
		if (saved.fileSize !== file.size) throw new Error("the file that was saved has another size");
		return saved.filename.split(/[\\/]/).at(-1) ?? filename;
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** A download once it is over; throws where it was cancelled or broke off. */
async function completed(id: number): Promise<chrome.downloads.DownloadItem> {
	return new Promise((resolve, reject) => {
		const look = async (): Promise<void> => {
			const [item] = await chrome.downloads.search({ id });
			if (item?.state === "in_progress") return;
			chrome.downloads.onChanged.removeListener(changed);
			if (item?.state === "complete") resolve(item);
			else reject(new Error(item?.error ?? "the download is gone"));
		};
		const changed = (change: chrome.downloads.DownloadDelta) => {
			if (change.id === id && change.state) look().catch(reject);
		};
		chrome.downloads.onChanged.addListener(changed);
		look().catch(reject);
	});
}
