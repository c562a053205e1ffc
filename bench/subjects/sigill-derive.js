/** A root key, by the module that ships. */
import init, { deriveRoot } from "../../extension/wasm/light/sigill_light.js";

const WASM = new URL("../../extension/wasm/light/sigill_light_bg.wasm", import.meta.url);
const SALT = "AAECAwQFBgcICQoLDA0ODw";

export async function load(kdf) {
	await init({ module_or_path: fetch(WASM) });
	return kdf;
}

export const run = async (kdf) =>
	(await deriveRoot({ kdf, salt: SALT }, new TextEncoder().encode("correct horse battery staple"))).length;
