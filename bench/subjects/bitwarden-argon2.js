import { start } from "./bitwarden.js";

export const load = start;

export function run(sdk) {
	const kdf = { argon2id: { iterations: 3, memory: 64, parallelism: 4 } };
	const password = new TextEncoder().encode("correct horse battery staple");
	return sdk.PureCrypto.derive_kdf_material(password, new TextEncoder().encode("anna@person.example"), kdf)
		.length;
}
