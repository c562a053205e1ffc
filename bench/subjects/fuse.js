import Fuse from "../node_modules/fuse.js/dist/fuse.mjs";
import { keystrokes } from "./keystrokes.js";

export function load({ entries, typed }) {
	const keys = ["name", "username", "url", "notes", "folder", "tag"];
	// A tenth of the keystrokes: each takes a tenth of a second and more.
	return { index: new Fuse(entries, { keys }), typed: typed.filter((_, at) => at % 10 === 5) };
}

export const run = ({ index, typed }) => keystrokes(typed, (text) => index.search(text, { limit: 100 }));
