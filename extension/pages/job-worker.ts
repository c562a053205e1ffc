import type { Answer } from "./serve-jobs.ts";
import { spawn, type WorkerName } from "./worker-address.ts";

/** Whoever is ended answers nothing any more. */
const CLOSED = () => new DOMException("closed", "AbortError");

/** A worker of ours, which does one job at a time until it is closed; `Results` says what comes of each. */
export class JobWorker<Job extends { readonly job: keyof Results }, Results> {
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
	): Promise<Results[Name]> {
		if (this.closed) throw CLOSED();
		if (this.drop) throw new Error("the worker is at a job");
		const answered = new Promise<Answer<Results[Name]>>((resolve, reject) => {
			this.drop = reject;
			this.worker.onmessage = ({ data }: MessageEvent<Answer<Results[Name]>>) => resolve(data);
			this.worker.onerror = reject;
			this.worker.postMessage(job, handed);
		});
		const answer = await answered.finally(() => {
			this.drop = undefined;
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
