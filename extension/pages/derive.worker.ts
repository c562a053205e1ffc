/**
 * Derives one root key and is ended: Argon2id takes 64 MiB, and a wasm memory never shrinks.
 */
import init, { type Derivation, deriveRoot } from "../wasm/light/sigill_light.js";
import { serveJobs } from "./serve-jobs.ts";

export interface Job {
	readonly job: "derive";
	readonly derivation: Derivation;
	/** NFKC, UTF-8. */
	readonly password: Uint8Array;
}

/** What comes of it. */
export interface Results {
	readonly derive: Uint8Array;
}

serveJobs<Job>(({ derivation, password }) => deriveRoot(derivation, password), {
	ready: () => init({ module_or_path: new URL("../wasm/light/sigill_light_bg.wasm", self.location.href) }),
	wipe: ({ password }) => password.fill(0),
});
