import type { About, Detected, Handed, Wanted } from "../wasm/transfer/sigill_transfer.js";
import { JobWorker } from "./job-worker.ts";
import type { Answer, Job } from "./transfer.worker.ts";

/** The kinds of files that can be read. */
export async function kindsOfFiles(): Promise<About[]> {
	const reader = new Reader();
	try {
		return await reader.formats();
	} finally {
		reader.close();
	}
}

/** Reads one file of another password manager; its worker holds the file until it is closed. */
export class Reader {
	private readonly worker = new JobWorker<Job, Answer>("transfer.worker.js");

	async formats(): Promise<About[]> {
		const answer = await this.worker.ask({ job: "formats" });
		return "formats" in answer ? answer.formats : [];
	}

	/** What the file seems to be. */
	async open(file: Blob): Promise<Detected> {
		const bytes = new Uint8Array(await file.arrayBuffer());
		const answer = await this.worker.ask({ job: "open", bytes }, [bytes.buffer]);
		if ("detected" in answer) return answer.detected;
		throw new Error("the worker answered something else");
	}

	/** What the file holds; a sealed one is opened by a password, a key file, or both. */
	async read(wanted: Wanted, password: string | undefined, keyFile?: Blob): Promise<Handed> {
		const secrets = {
			password: password === undefined ? undefined : new TextEncoder().encode(password),
			keyFile: keyFile && new Uint8Array(await keyFile.arrayBuffer()),
		};
		const handed = [secrets.password, secrets.keyFile].flatMap((bytes) => (bytes ? [bytes.buffer] : []));
		const answer = await this.worker.ask({ job: "read", wanted, secrets }, handed);
		if ("handed" in answer) return answer.handed;
		throw new Error("the worker answered something else");
	}

	/** The content of a file of an entry, by its place among those of what was read. */
	async content(number: number): Promise<Uint8Array<ArrayBuffer>> {
		const answer = await this.worker.ask({ job: "content", number });
		if ("content" in answer) return answer.content;
		throw new Error("the worker answered something else");
	}

	/** Ends the worker, and with it whatever it is at. */
	close(): void {
		this.worker.close();
	}
}
