import { call } from "../../background/client.ts";
import type { Guessable, HealthLogin } from "../../wasm/sigill.js";
import { failedWith } from "../failure.ts";
import { JobWorker } from "../job-worker.ts";
import type { Job, Results } from "../strength.worker.ts";
import { known } from "./known.ts";
import { grouped } from "./report.ts";
import type { Run } from "./run.ts";

/**
 * Judges each password that was not judged yet, once however many logins have it: handed over one by one.
 * Whether it came to the last of them.
 */
export async function judge(run: Run, logins: readonly HealthLogin[]): Promise<boolean> {
	const { scores } = known();
	const passwords = grouped(logins, ({ password }) => password);
	const open = () => passwords.filter((same) => same.some((login) => scores.of(login) === undefined));
	const worker = new JobWorker<Job, Results>("strength.worker.js");
	try {
		return await run.through(open, async (same, broken) => {
			const one = await guessable(same);
			broken.throwIfAborted(); // the vault may be locked by now: nothing is done with a password of it
			if (!one) return;
			const score = await worker.ask({ job: "score", password: one.password, known: one.known });
			for (const login of same) scores.learn(login, score);
		});
	} finally {
		worker.close();
	}
}

/** The password that they share, from one who has it still: since they were looked at it may have changed, or an entry gone. */
async function guessable(same: readonly HealthLogin[]): Promise<Guessable | undefined> {
	for (const { id, prefix } of same) {
		const one = await call("guessable", id).catch((thrown: unknown) => {
			if (!failedWith(thrown, "not_found")) throw thrown;
		});
		if (one?.prefix === prefix) return one;
	}
	return undefined;
}
