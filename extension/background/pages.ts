/** The pages that are open. */
import type { Changed } from "./messages.ts";

/** Tells each of them to look again. */
export function changed(): void {
	const message: Changed = { sigill: "changed" };
	chrome.runtime.sendMessage(message).catch(() => {
		// No page is open.
	});
}
