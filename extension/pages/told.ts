import type { Key } from "../ui/text.ts";

/** What came to nothing, and the text that says why. */
export class Told extends Error {
	constructor(readonly key: Key) {
		super(key);
	}
}
