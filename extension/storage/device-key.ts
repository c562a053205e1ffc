/**
 * The device's key (ES256): made at the first call, kept by the browser, never
 * exportable. This stops scripts, not a copied profile folder.
 */
import { database } from "./database.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" } as const;
const NAME = "device";

async function deviceKey(): Promise<CryptoKeyPair> {
	const kept = await (await database()).get("keys", NAME);
	if (kept) return kept;
	const made = await crypto.subtle.generateKey(ALGORITHM, false, ["sign"]);
	// Two first calls at once: the one that is stored first is the key.
	const writing = (await database()).transaction("keys", "readwrite", { durability: "strict" });
	const key = (await writing.store.get(NAME)) ?? made;
	await writing.store.put(key, NAME);
	await writing.done;
	return key;
}

/** ECDSA over P-256 with SHA-256: r ‖ s, 64 bytes. */
export async function sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
	const { privateKey } = await deviceKey();
	return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, message));
}

/** x ‖ y, 64 bytes. */
export async function publicKey(): Promise<Uint8Array> {
	const point = await crypto.subtle.exportKey("raw", (await deviceKey()).publicKey);
	return new Uint8Array(point).slice(1);
}
