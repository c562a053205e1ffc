/** The page that Chromium lends the worker for its clipboard. */
import { wipe } from "./clipboard.ts";
import { isRequest } from "./messages.ts";

chrome.runtime.onMessage.addListener((message: unknown, sender, reply) => {
	if (sender.id !== chrome.runtime.id || !isRequest(message) || message.sigill !== "wipe-clipboard") return;
	wipe(document);
	reply({ value: undefined });
});
