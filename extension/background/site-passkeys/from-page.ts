/** What our own pages ask about passkeys of sites: the window that stands before the person, and the popup. */
import type { Choice } from "./messages.ts";

export type FromPage =
	| { readonly sigill: "site-passkey-see"; readonly id: string }
	| { readonly sigill: "site-passkey-choose"; readonly id: string; readonly choice: Choice }
	/** A window asks for what the popup offered, because the person has to be verified. */
	| { readonly sigill: "site-passkey-window"; readonly id: string }
	/** What waits in the tab that the popup belongs to. */
	| { readonly sigill: "site-passkeys-offered" };

export function isFromPage(message: object & { sigill: unknown }): message is FromPage {
	switch (message.sigill) {
		case "site-passkeys-offered":
			return true;
		case "site-passkey-see":
		case "site-passkey-window":
			return "id" in message && typeof message.id === "string";
		case "site-passkey-choose":
			return "id" in message && typeof message.id === "string" && "choice" in message;
		default:
			return false;
	}
}
