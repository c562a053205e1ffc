import { call } from "../../background/client.ts";
import type { HealthLogin } from "../../wasm/sigill.js";
import { JobWorker } from "../job-worker.ts";
import type { Job, Results } from "../strength.worker.ts";
import { scores } from "./known.ts";
import { grouped } from "./report.ts";
import type { Run } from "./run.ts";

/**
 * Judges each password that was not judged yet, once however many logins have it: handed over one by one.
 * Whether it came to the last of them.
 */
export async function judge(run: Run, logins: readonly HealthLogin[]): Promise<boolean> {
	const passwords = grouped(logins, ({ password }) => password);
	const open = passwords.filter((same) => same.some((login) => scores.of(login) === undefined));
	const worker = new JobWorker<Job, Results>("strength.worker.js");
	try {
		return await run.through(open, async (same) => {
			const { password, known } = await call("guessable", same[0].id);
			const score = await worker.ask({ job: "score", password, known });
			for (const login of same) scores.learn(login, score);
		});
	} finally {
		worker.close();
	}
}
