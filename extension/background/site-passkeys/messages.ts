/** What crosses about passkeys of sites. All of it survives JSON. */
import type { Outcome } from "../../content/webauthn-port.ts";
import type { SitePasskey } from "../../wasm/sigill.js";

/** From the script in a page; who it is stands in the sender, by the browser's word. */
export type FromSite =
	| { readonly sigill: "site-passkeys-on" }
	| {
			readonly sigill: "site-passkey-ask";
			/** The page's words, unread. */
			readonly words: string;
			/** Origins of the pages around it; absent for what the tab shows. */
			readonly around: readonly string[] | undefined;
			readonly occasion: "acted" | "first" | "again";
	  }
	| { readonly sigill: "site-passkey-stop"; readonly id: string };

export type Reply =
	| { readonly way: "elsewhere" }
	/** A window is open for it already. */
	| { readonly way: "refused" }
	| {
			readonly way: "wait";
			readonly id: string;
			/** Milliseconds until it waits no longer. */
			readonly patience: number;
			/** Until somebody chooses a passkey beside a field. */
			readonly conditional: boolean;
	  };

export type Answered = Outcome;

/** To the script in a page. */
export type ToSite =
	| { readonly sigill: "site-passkey-waits"; readonly id: string }
	| { readonly sigill: "site-passkey-answer"; readonly id: string; readonly answer: Answered };

/** What a page of ours shows of a request. */
export type Seen =
	| { readonly state: "gone" }
	| { readonly state: "locked"; readonly asked: AskedFor }
	| {
			readonly state: "open";
			readonly asked: AskedFor;
			/** Those that may sign; of a new one, those beside which no other is wanted. */
			readonly passkeys: readonly SitePasskey[];
			/** What holds a new one; none for an entry of its own. */
			readonly home: string | undefined;
	  };

export interface AskedFor {
	readonly act: "create" | "get";
	/** Of the page, by the browser's word. */
	readonly origin: string;
	readonly host: string;
	readonly rp: string;
	readonly user: string;
	readonly displayName: string;
}

/** What the person chose. */
export type Choice =
	| { readonly choose: "create" }
	| { readonly choose: "passkey"; readonly item: string; readonly credential: string }
	| { readonly choose: "elsewhere" }
	| { readonly choose: "never-here" };

/** What became of a choice. */
export type Chosen = "done" | "gone" | "verify";

export function isFromSite(message: unknown): message is FromSite {
	if (typeof message !== "object" || message === null || !("sigill" in message)) return false;
	switch (message.sigill) {
		case "site-passkeys-on":
			return true;
		case "site-passkey-ask":
			return (
				"words" in message &&
				typeof message.words === "string" &&
				"occasion" in message &&
				typeof message.occasion === "string"
			);
		case "site-passkey-stop":
			return "id" in message && typeof message.id === "string";
		default:
			return false;
	}
}
