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

export type Answer =
	| { readonly formats: About[] }
	| { readonly detected: Detected }
	| { readonly handed: Handed }
	| { readonly content: Uint8Array<ArrayBuffer> }
	| { readonly failure: unknown };

let file: Uint8Array = new Uint8Array();

addEventListener("message", ({ data }: MessageEvent<Job>) => {
	void answer(data).then((answered) => postMessage(answered));
});

async function answer(job: Job): Promise<Answer> {
	try {
		await init({ module_or_path: new URL("../wasm/transfer/sigill_transfer_bg.wasm", self.location.href) });
		return work(job);
	} catch (failure) {
		return { failure };
	} finally {
		if (job.job === "read") {
			job.secrets.password?.fill(0);
			job.secrets.keyFile?.fill(0);
		}
	}
}

function work(job: Job): Answer {
	switch (job.job) {
		case "formats":
			return { formats: formats().all };
		case "open":
			file = job.bytes;
			return { detected: detect(file) };
		case "content":
			return { content: new Uint8Array(fileContent(job.number)) };
		case "read":
			return { handed: parse(file, job.wanted, job.secrets.password, job.secrets.keyFile) };
	}
}
