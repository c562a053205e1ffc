import type { Derivation } from "../wasm/sigill.js";
import { base64url } from "./base64.ts";
import type { Job, Results } from "./derive.worker.ts";
import { JobWorker } from "./job-worker.ts";

/** The root key (base64url) of a password, from a worker that lives for this one key. */
export async function derive(derivation: Derivation, typed: string, signal?: AbortSignal): Promise<string> {
	const worker = new JobWorker<Job, Results>("derive.worker.js");
	const close = () => worker.close();
	signal?.addEventListener("abort", close);
	const password = utf8(typed);
	try {
		return base64url(await worker.ask({ job: "derive", derivation, password }, [password.buffer]));
	} finally {
		signal?.removeEventListener("abort", close);
		close();
	}
}

/** `mp`: NFKC, UTF-8, not trimmed. */
function utf8(password: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(password.normalize("NFKC"));
}
