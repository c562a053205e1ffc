import { onChanged } from "../background/client.ts";

/** Asks while the rest of a page comes. Whoever wants the answer first takes it, unless something was written since. */
export function early<T>(ask: () => Promise<T>): () => Promise<T> | undefined {
	let answer: Promise<T> | undefined = ask();
	answer.catch(() => {}); // whoever takes it says so
	const forget = onChanged(() => {
		answer = undefined;
	});
	return () => {
		const taken = answer;
		answer = undefined;
		forget();
		return taken;
	};
}
