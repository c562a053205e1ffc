/** Prepares: logins as an import takes them, base64. */
import { start } from "./core.js";

export async function load(input) {
	return { core: await start(), input };
}

export function run({ core, input }) {
	const bytes = core.bundle(input);
	const parts = [];
	for (let at = 0; at < bytes.length; at += 30_000) parts.push(bytes.subarray(at, at + 30_000));
	return parts.map((part) => btoa(String.fromCharCode(...part))).join("");
}
