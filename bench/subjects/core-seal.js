/** Prepares: logins sealed by the core. */
import { start } from "./core.js";

export async function load(input) {
	return { core: await start(), input };
}

export function run({ core, input }) {
	const { keys, head, records, index } = core.seal(input.lines);
	return { keys, head, records, index };
}
