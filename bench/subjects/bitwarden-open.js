import { client, start } from "./bitwarden.js";

export async function load({ keys, ciphers }) {
	await start();
	return { ciphers, vault: (await client(keys)).vault().ciphers() };
}

export const run = async ({ vault, ciphers }) => (await vault.decrypt_list(ciphers)).length;
