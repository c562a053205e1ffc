/** What shows something of the vault. */
import { badgeAll } from "./badge.ts";
import type { Changed } from "./messages.ts";

/** Has the button and the pages that are open look again. */
export function changed(): void {
	void badgeAll();
	const message: Changed = { sigill: "changed" };
	chrome.runtime.sendMessage(message).catch(() => {
		// No page is open.
	});
}
