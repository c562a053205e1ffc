import type { About, Detected, Handed, Wanted } from "../wasm/transfer/sigill_transfer.js";
import { JobWorker } from "./job-worker.ts";
import type { Job, Results } from "./transfer.worker.ts";

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
	private readonly worker = new JobWorker<Job, Results>("transfer.worker.js");

	formats(): Promise<About[]> {
		return this.worker.ask({ job: "formats" });
	}

	/** What the file seems to be. */
	async open(file: Blob): Promise<Detected> {
		const bytes = new Uint8Array(await file.arrayBuffer());
		return this.worker.ask({ job: "open", bytes }, [bytes.buffer]);
	}

	/** What the file holds; a sealed one is opened by a password, a key file, or both. */
	async read(wanted: Wanted, password: string | undefined, keyFile?: Blob): Promise<Handed> {
		const secrets = {
			password: password === undefined ? undefined : new TextEncoder().encode(password),
			keyFile: keyFile && new Uint8Array(await keyFile.arrayBuffer()),
		};
		const handed = [secrets.password, secrets.keyFile].flatMap((bytes) => (bytes ? [bytes.buffer] : []));
		return this.worker.ask({ job: "read", wanted, secrets }, handed);
	}

	/** The content of a file of an entry, by its place among those of what was read. */
	content(number: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.worker.ask({ job: "content", number });
	}

	/** Ends the worker, and with it whatever it is at. */
	close(): void {
		this.worker.close();
	}
}
