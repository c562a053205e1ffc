/** The way to the background. After an update of the extension there is none any more: this script then rests. */
import type { Ask, Asks } from "./messages.ts";

type Answer<Name extends Ask> = Asks[Name]["answer"];

/** What the background answers; nothing where it doesn't. */
export async function ask<Name extends Ask>(
	page: Name,
	what: Asks[Name]["ask"],
): Promise<Answer<Name> | undefined> {
	if (!isAlive()) return undefined;
	try {
		const answer: { value?: Answer<Name> } | undefined = await chrome.runtime.sendMessage({ page, ...what });
		return answer?.value;
	} catch {
		return undefined;
	}
}

export function isAlive(): boolean {
	return chrome.runtime?.id !== undefined;
}
