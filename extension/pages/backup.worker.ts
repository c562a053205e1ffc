/** Reads a backup file, and opens it with its master password, away from the page; ended when it is done. */
import init, {
	type BackupFile,
	type BackupItems,
	type BackupPlace,
	deriveRoot,
	inspectBackup,
	OpenBackup,
} from "../wasm/sigill.js";
import { base64url } from "./base64.ts";
import { serveJobs } from "./serve-jobs.ts";

export type Job =
	| { readonly job: "inspect"; readonly file: Blob }
	/** The password in NFKC, UTF-8. */
	| { readonly job: "open"; readonly file: Blob; readonly password: Uint8Array }
	| { readonly job: "content"; readonly number: number };

/** What comes of each job. */
export interface Results {
	readonly inspect: BackupFile;
	readonly open: BackupItems;
	readonly content: Uint8Array<ArrayBuffer>;
}

/** Of a file no more is held at once than its beginning: this much is tried first, and this much at most. */
const FIRST = 1 << 20;
const MOST = 1 << 29;

let opened: { readonly file: Blob; readonly backup: OpenBackup; readonly places: BackupPlace[] } | undefined;

serveJobs(work, {
	ready: () => init({ module_or_path: new URL("../wasm/sigill_bg.wasm", self.location.href) }),
	wipe: (job) => {
		if (job.job === "open") job.password.fill(0);
	},
});

async function work(job: Job): Promise<Results[Job["job"]]> {
	switch (job.job) {
		case "inspect":
			return (await begin(job.file)).about;
		case "open":
			return open(job.file, job.password);
		case "content":
			return content(job.number);
	}
}

/** The file's beginning, up to where the chunks of its files follow, and what that says. */
async function begin(file: Blob): Promise<{ bytes: Uint8Array; about: BackupFile }> {
	for (let size = FIRST; ; size *= 8) {
		const bytes = new Uint8Array(await file.slice(0, size).arrayBuffer());
		try {
			return { bytes, about: await inspectBackup(bytes, BigInt(file.size)) };
		} catch (failure) {
			if (size >= Math.min(file.size, MOST)) throw failure;
		}
	}
}

async function open(file: Blob, password: Uint8Array): Promise<BackupItems> {
	const { bytes, about } = await begin(file);
	const root = await deriveRoot(about.derivation, password);
	const backup = OpenBackup.of(bytes, BigInt(file.size), base64url(root));
	const items = backup.items();
	opened = { file, backup, places: items.files };
	return items;
}

/** One file of an entry: its chunks are opened in their order, and held against what the entry says. */
async function content(number: number): Promise<Uint8Array<ArrayBuffer>> {
	if (!opened) throw new Error("no backup file is open");
	const { at = 0, length = 0 } = opened.places[number] ?? {};
	const chunks = await opened.file.slice(at, at + length).arrayBuffer();
	return new Uint8Array(opened.backup.file(number, new Uint8Array(chunks)));
}
