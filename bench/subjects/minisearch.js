import MiniSearch from "../node_modules/minisearch/dist/es/index.js";
import { keystrokes } from "./keystrokes.js";

export function load({ entries, typed }) {
	const index = new MiniSearch({ fields: ["name", "username", "url", "notes", "folder", "tag"] });
	index.addAll(entries.map((entry, id) => ({ id, ...entry })));
	return { index, typed };
}

export const run = ({ index, typed }) =>
	keystrokes(typed, (text) => index.search(text, { prefix: true, combineWith: "AND" }).slice(0, 100));
