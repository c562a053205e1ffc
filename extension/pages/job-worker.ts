import type { Answer } from "./serve-jobs.ts";
import { spawn, type WorkerName } from "./worker-address.ts";

/** Whoever is ended answers nothing any more. */
const CLOSED = () => new DOMException("closed", "AbortError");

/** A worker of ours, which does one job at a time until it is closed; `Done` says what comes of each. */
export class JobWorker<Job extends { readonly job: keyof Done }, Done> {
	private readonly worker: Worker;
	private drop: ((reason: unknown) => void) | undefined;
	private closed = false;

	constructor(name: WorkerName) {
		this.worker = spawn(name);
	}

	/** What comes of it; what fails is thrown. */
	async ask<Name extends Job["job"]>(
		job: Job & { readonly job: Name },
		handed: Transferable[] = [],
	): Promise<Done[Name]> {
		const answer = await new Promise<Answer<Done[Name]>>((resolve, reject) => {
			if (this.closed) throw CLOSED();
			this.drop = reject;
			this.worker.onmessage = ({ data }: MessageEvent<Answer<Done[Name]>>) => resolve(data);
			this.worker.onerror = reject;
			this.worker.postMessage(job, handed);
		});
		if ("failure" in answer) throw answer.failure;
		return answer.done;
	}

	/** Ends it, and with it whatever it is at. */
	close(): void {
		this.closed = true;
		this.worker.terminate();
		this.drop?.(CLOSED());
	}
}
