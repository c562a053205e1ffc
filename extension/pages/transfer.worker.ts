/** Reads a file from another password manager, away from the page; keeps it until the page ends the worker. */
import init, {
	type About,
	type Detected,
	detect,
	fileContent,
	formats,
	type Handed,
	parse,
	type Wanted,
} from "../wasm/transfer/sigill_transfer.js";
import { serveJobs } from "./serve-jobs.ts";

export type Job =
	| { readonly job: "formats" }
	| { readonly job: "open"; readonly bytes: Uint8Array }
	| { readonly job: "read"; readonly wanted: Wanted; readonly secrets: Secrets }
	| { readonly job: "content"; readonly number: number };

/** What opens a sealed file. */
export interface Secrets {
	/** UTF-8; none where the file is open. */
	readonly password: Uint8Array<ArrayBuffer> | undefined;
	/** The content of a key file. */
	readonly keyFile: Uint8Array<ArrayBuffer> | undefined;
}

/** What comes of each job. */
export interface Results {
	readonly formats: About[];
	readonly open: Detected;
	readonly read: Handed;
	readonly content: Uint8Array<ArrayBuffer>;
}

let file: Uint8Array = new Uint8Array();

serveJobs(work, {
	ready: () =>
		init({ module_or_path: new URL("../wasm/transfer/sigill_transfer_bg.wasm", self.location.href) }),
	wipe: (job) => {
		if (job.job !== "read") return;
		job.secrets.password?.fill(0);
		job.secrets.keyFile?.fill(0);
	},
});

function work(job: Job): Results[Job["job"]] {
	switch (job.job) {
		case "formats":
			return formats().all;
		case "open":
			file = job.bytes;
			return detect(file);
		case "content":
			return new Uint8Array(fileContent(job.number));
		case "read":
			return parse(file, job.wanted, job.secrets.password, job.secrets.keyFile);
	}
}
