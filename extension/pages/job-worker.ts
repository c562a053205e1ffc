import { spawn, type WorkerName } from "./worker-address.ts";

/** Whoever is ended answers nothing any more. */
const CLOSED = () => new DOMException("closed", "AbortError");

/** A worker of ours, which does one job at a time until it is closed. */
export class JobWorker<Job, Answer extends object> {
	private readonly worker: Worker;
	private drop: ((reason: unknown) => void) | undefined;
	private closed = false;

	constructor(name: WorkerName) {
		this.worker = spawn(name);
	}

	/** What it answers; what fails is thrown. */
	async ask(job: Job, handed: Transferable[] = []): Promise<Exclude<Answer, { readonly failure: unknown }>> {
		const answer = await new Promise<Answer>((resolve, reject) => {
			if (this.closed) throw CLOSED();
			this.drop = reject;
			this.worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
			this.worker.onerror = reject;
			this.worker.postMessage(job, handed);
		});
		if ("failure" in answer) throw answer.failure;
		return answer as Exclude<Answer, { readonly failure: unknown }>;
	}

	/** Ends it, and with it whatever it is at. */
	close(): void {
		this.closed = true;
		this.worker.terminate();
		this.drop?.(CLOSED());
	}
}
