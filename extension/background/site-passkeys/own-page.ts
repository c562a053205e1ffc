/** What our own pages ask about passkeys of sites: the window that stands before the person, and the popup. */
import type { SitePasskey } from "../../wasm/sigill.js";
import type { Choice } from "./messages.ts";

/** A passkey, by its names. */
export type Used = Readonly<Pick<SitePasskey, "item" | "credential">>;

export type FromOwnPage =
	| { readonly sigill: "site-passkey-see"; readonly id: string }
	| { readonly sigill: "site-passkey-choose"; readonly id: string; readonly choice: Choice }
	| ({ readonly sigill: "site-passkey-use"; readonly id: string } & Used)
	/** What waits in the tab that the popup belongs to. */
	| { readonly sigill: "site-passkeys-offered" };

export function isFromOwnPage(message: object & { sigill: unknown }): message is FromOwnPage {
	switch (message.sigill) {
		case "site-passkeys-offered":
			return true;
		case "site-passkey-see":
			return "id" in message && typeof message.id === "string";
		case "site-passkey-use":
			return (
				"id" in message && typeof message.id === "string" && "item" in message && "credential" in message
			);
		case "site-passkey-choose":
			return "id" in message && typeof message.id === "string" && "choice" in message;
		default:
			return false;
	}
}
