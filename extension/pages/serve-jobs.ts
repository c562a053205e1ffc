/** What a worker answers: what came of a job, or why nothing did. */
export type Answer<Done> = { readonly done: Done } | { readonly failure: unknown };

/** In a worker: does the jobs that its page asks for. `wipe` is called when a job is over, however it went. */
export function serveJobs<Job>(
	work: (job: Job) => unknown,
	{ ready, wipe }: { ready: () => Promise<unknown>; wipe: (job: Job) => void },
): void {
	const answer = async (job: Job): Promise<Answer<unknown>> => {
		try {
			await ready();
			return { done: await work(job) };
		} catch (failure) {
			return { failure };
		} finally {
			wipe(job);
		}
	};
	addEventListener("message", ({ data }: MessageEvent<Job>) => {
		void answer(data).then((answered) => postMessage(answered));
	});
}
