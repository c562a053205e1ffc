/** Answers our own pages: the window that stands before the person, and the popup. */
import { choose, offered, see } from "./answer.ts";
import { openWindow } from "./ask.ts";
import type { FromPage } from "./from-page.ts";

export async function answerPage(message: FromPage): Promise<unknown> {
	switch (message.sigill) {
		case "site-passkey-see":
			return see(message.id);
		case "site-passkey-choose":
			return choose(message.id, message.choice);
		case "site-passkey-window":
			return openWindow(message.id);
		case "site-passkeys-offered": {
			const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
			return tab?.id === undefined ? [] : offered(tab.id);
		}
	}
}
