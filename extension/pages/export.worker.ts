/** Writes entries for another program, or says what its format can't carry, away from the page; ended when it is done. */
import init, {
	exportItems,
	type Lost,
	losses,
	putFile,
	randomLength,
} from "../wasm/transfer/sigill_transfer.js";
import { serveJobs } from "./serve-jobs.ts";

export type Job =
	/** A file of an entry, for the next one that is written. */
	| { readonly job: "put"; readonly id: string; readonly content: Uint8Array<ArrayBuffer> }
	/** A bundle; wiped when the job is done. */
	| { readonly job: "losses"; readonly items: Uint8Array<ArrayBuffer>; readonly format: string }
	| {
			readonly job: "write";
			readonly items: Uint8Array<ArrayBuffer>;
			readonly format: string;
			readonly password: Uint8Array<ArrayBuffer> | undefined;
	  };

/** What comes of each job. */
export interface Results {
	readonly put: undefined;
	readonly losses: Lost;
	readonly write: Uint8Array<ArrayBuffer>;
}

serveJobs(work, {
	ready: () =>
		init({ module_or_path: new URL("../wasm/transfer/sigill_transfer_bg.wasm", self.location.href) }),
	wipe: (job) => {
		if (job.job === "put") job.content.fill(0);
		else job.items.fill(0);
		if (job.job === "write") job.password?.fill(0);
	},
});

function work(job: Job): Results[Job["job"]] {
	switch (job.job) {
		case "put":
			putFile(job.id, job.content);
			return;
		case "losses":
			return losses(job.items, job.format);
		case "write": {
			const { format } = job;
			const random = crypto.getRandomValues(new Uint8Array(randomLength()));
			const now = Math.floor(Date.now() / 1000);
			return new Uint8Array(exportItems(job.items, { format, now }, job.password, random));
		}
	}
}
