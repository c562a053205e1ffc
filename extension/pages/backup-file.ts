import { call } from "../background/client.ts";
import type { BackupFile, BackupItems } from "../wasm/sigill.js";
import type { Answer, Job } from "./backup.worker.ts";
import { fromBase64 } from "./base64.ts";
import { spawn } from "./worker-address.ts";

/** Every backup file begins so: the length of its label, and the label. */
const BEGINNING = "\0\0\0\x0fsigill/backup/";

/** Whether a file says of itself that it is one. */
export async function isBackup(file: Blob): Promise<boolean> {
	const bytes = new Uint8Array(await file.slice(0, BEGINNING.length).arrayBuffer());
	return String.fromCharCode(...bytes) === BEGINNING;
}

/** What can be known of it without its master password. */
export async function inspect(file: Blob): Promise<BackupFile> {
	const answer = await ask(file, undefined);
	if ("about" in answer) return answer.about;
	throw "failure" in answer ? answer.failure : undefined;
}

/** Its entries. */
export async function open(file: Blob, password: string): Promise<BackupItems> {
	const answer = await ask(file, new TextEncoder().encode(password.normalize("NFKC")));
	if ("items" in answer) return answer.items;
	throw "failure" in answer ? answer.failure : undefined;
}

async function ask(file: Blob, password: Uint8Array<ArrayBuffer> | undefined): Promise<Answer> {
	const job: Job = { file: new Uint8Array(await file.arrayBuffer()), password };
	const worker = spawn("backup.worker.js");
	try {
		return await new Promise<Answer>((resolve, reject) => {
			worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => resolve(data));
			worker.addEventListener("error", reject);
			worker.postMessage(job, password ? [password.buffer, job.file.buffer] : [job.file.buffer]);
		});
	} finally {
		worker.terminate();
	}
}

export interface Made {
	readonly bytes: readonly Uint8Array<ArrayBuffer>[];
	readonly sha256: string;
	readonly count: number;
}

/** This device's vault as a file. The session proved it; that it came over whole is seen by its hash. */
export async function make(): Promise<Made> {
	let part = await call("backup", 0);
	const { sha256: whole, count } = part;
	const bytes = [fromBase64(part.part)];
	while (part.next !== undefined) {
		part = await call("backup", part.next);
		bytes.push(fromBase64(part.part));
	}
	if ((await sha256(new Blob(bytes))) !== whole) throw new Error("the backup changed on its way");
	return { bytes, sha256: whole, count };
}

export async function sha256(file: Blob): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Saves it with the browser's downloads; its name then. */
export function save({ bytes }: Made): Promise<string> {
	return download(new Blob([...bytes], { type: "application/octet-stream" }), dated("sigill", "sigill"));
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
