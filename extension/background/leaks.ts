/** Asks whether passwords leaked: by five digits of a fingerprint, and only where the person turned it on. */
import { leakRange, settings } from "../storage/index.ts";
import type { Breached } from "../wasm/sigill.js";
import { failure } from "./messages.ts";
import { call } from "./session.ts";

const PATIENCE_MS = 20_000;
/** An answer has about 50 kB; more than this is none. */
const MOST_BYTES = 512 * 1024;

/** How often these logins' passwords leaked whose fingerprints begin so. */
export async function lookUpLeaks(prefix: string, ids: readonly string[]): Promise<Breached[]> {
	const { leakLookUp, leakService } = await settings();
	if (!leakLookUp) throw failure("breach_off");
	const address = leakRange(leakService, prefix);
	if (!address) throw failure("breach_address");
	const text = await answerOf(address);
	return call("breached", prefix, text, [...ids]);
}

async function answerOf(address: URL): Promise<string> {
	const answer = await fetch(address, {
		headers: { "add-padding": "true" }, // whoever counts bytes on the way learns nothing
		cache: "no-store",
		credentials: "omit",
		redirect: "error",
		referrerPolicy: "no-referrer",
		signal: AbortSignal.timeout(PATIENCE_MS),
	}).catch(() => undefined);
	if (!answer) throw failure("breach_unreachable");
	if (answer.status !== 200 || !answer.body) throw failure("breach_garbage");
	return atMost(answer.body);
}

async function atMost(body: ReadableStream<Uint8Array>): Promise<string> {
	const decoder = new TextDecoder();
	const reader = body.getReader();
	let text = "";
	let size = 0;
	for (;;) {
		const { done, value } = await reader.read().catch(() => {
			throw failure("breach_unreachable");
		});
		if (done) return text + decoder.decode();
		size += value.length;
		if (size > MOST_BYTES) {
			void reader.cancel().catch(() => {}); // it may have ended by itself meanwhile
			throw failure("breach_garbage");
		}
		text += decoder.decode(value, { stream: true });
	}
}
