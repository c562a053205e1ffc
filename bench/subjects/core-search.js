import { opened, start } from "./core.js";
import { keystrokes } from "./keystrokes.js";

export async function load({ sealed, typed }) {
	await start();
	return { list: await opened(sealed), typed };
}

export const run = ({ list, typed }) => keystrokes(typed, (text) => list.rows(text, 100));
