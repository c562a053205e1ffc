/** Sigill's core alone. */
import init, * as core from "../../out/bench/core/sigill_bench.js";

export async function start() {
	await init();
	return core;
}

/** From the row in the store to a list that can be searched: as the session does it. */
export async function opened({ keys, head, index }) {
	const { key, nonce, aad, ciphertext } = core.locked(keys, head, index);
	const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
	const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
	return new core.List(new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, ciphertext)));
}
