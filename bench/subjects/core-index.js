/** One decryption to a list that can be searched, and its first rows. */
import { opened, start } from "./core.js";

export async function load(sealed) {
	await start();
	return sealed;
}

export const run = async (sealed) => JSON.parse((await opened(sealed)).rows("", 100)).length;
