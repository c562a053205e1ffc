import type { Derivation } from "../wasm/sigill.js";
import { base64url } from "./base64.ts";
import type { Job } from "./derive.worker.ts";
import type { Answer } from "./serve-jobs.ts";
import { spawn } from "./worker-address.ts";

/** The root key (base64url) of a password, from a worker that lives for this one key. */
export async function derive(
	derivation: Derivation,
	password: string,
	signal?: AbortSignal,
): Promise<string> {
	const worker = spawn("derive.worker.js");
	try {
		const derived = await answered(worker, { derivation, password: utf8(password) }, signal);
		if ("failure" in derived) throw derived.failure;
		return base64url(derived.done);
	} finally {
		worker.terminate();
	}
}

function answered(worker: Worker, job: Job, signal: AbortSignal | undefined): Promise<Answer<Uint8Array>> {
	return new Promise((resolve, reject) => {
		signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
		worker.addEventListener("message", ({ data }: MessageEvent<Answer<Uint8Array>>) => resolve(data));
		worker.addEventListener("error", reject);
		worker.postMessage(job, [job.password.buffer]);
	});
}

/** `mp`: NFKC, UTF-8, not trimmed. */
function utf8(password: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(password.normalize("NFKC"));
}
