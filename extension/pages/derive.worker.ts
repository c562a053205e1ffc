/**
 * Derives one root key and is ended: Argon2id takes 64 MiB, and a wasm memory never shrinks.
 */
import init, { type Derivation, deriveRoot } from "../wasm/sigill.js";

export interface Job {
	readonly derivation: Derivation;
	/** NFKC, UTF-8. */
	readonly password: Uint8Array;
}

export type Derived = { readonly root: Uint8Array } | { readonly failure: unknown };

addEventListener("message", ({ data }: MessageEvent<Job>) => {
	void derive(data).then((derived) => postMessage(derived));
});

async function derive({ derivation, password }: Job): Promise<Derived> {
	try {
		await init({ module_or_path: new URL("../wasm/sigill_bg.wasm", self.location.href) });
		return { root: await deriveRoot(derivation, password) };
	} catch (failure) {
		return { failure };
	} finally {
		password.fill(0);
	}
}
