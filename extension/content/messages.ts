/** What crosses between a page's script and the background. All of it survives JSON. */
import type { Caution, Offers, WantedField } from "../wasm/sigill.js";
import type { Fillable } from "./form-kinds.ts";

export type FormKind =
	| "sign_in"
	| "sign_up"
	| "change_password"
	| "one_time_code"
	| "card"
	| "address"
	| "identity"
	| "user_name_step"
	| "forgotten";

/** A field, and the controls that it is split over, by their places in the description. */
export interface Filling {
	readonly field: string;
	readonly controls: readonly number[];
}

/** `sigill_core::fill::Form`. */
export interface Form {
	readonly kind: FormKind;
	readonly fields: readonly Filling[];
	readonly reads: readonly Filling[];
	readonly submit: number | null;
}

/** What a person sent. */
export interface Sent {
	/** The kind of form that it was sent by. */
	readonly kind: FormKind;
	readonly userName: string;
	readonly password: string;
	readonly replaced: string | undefined;
}

/** What waits for an answer: whether to save what was sent. */
export interface Pending {
	/** When it was sent: another one in its place is not what the person was asked about. */
	readonly at: number;
	readonly savable: "new" | "update" | "locked";
	readonly host: string;
	/** Of the entry, and of the person: empty for a page of another site. */
	readonly name: string;
	readonly userName: string;
	/** Whether it was sent on this page's own site. Else it is no update to this page, and it may not say "never there". */
	readonly isOfSite: boolean;
}

/** How the extension looks: by its own settings, not the page's. */
export interface Looks {
	readonly theme: "auto" | "light" | "dark";
	readonly language: "en" | "sv";
	/** The texts whose names begin with `inpage_`. */
	readonly texts: Readonly<Record<string, string>>;
}

/** A passkey that a page may be signed in by. */
export interface OfferedPasskey {
	/** What the page asked, as the background calls it. */
	readonly id: string;
	readonly item: string;
	readonly credential: string;
	readonly name: string;
}

/**
 * What a page's script may ask for, and what it gets. What it gets is no more than a press in this page gives; a process
 * that was taken over presses as often as it likes. So it has all that is saved for its own site, and every card and
 * identity: those have no site.
 */
export interface Asks {
	/** The rest of the script: there is something to fill. */
	begin: { ask: object; answer: undefined };
	/** What answers `navigator.credentials`; whether it was brought. */
	passkeys: { ask: object; answer: boolean };
	/** What the forms are; nothing where the person wants no help on this site. */
	forms: { ask: { readonly description: string }; answer: Form[] | undefined };
	/** How it looks; what is shown in pages is there then. */
	looks: { ask: object; answer: Looks };
	/** Nothing while the vault is locked. */
	offers: { ask: { readonly kind: Fillable }; answer: Offers | undefined };
	/** The login that goes in without a press; nothing unless the person switched that on. */
	atOnce: { ask: object; answer: string | undefined };
	/** The passkeys that this document waits for, beside its fields. */
	waiting: { ask: object; answer: OfferedPasskey[] };
	/** Signs by one of them. */
	sign: { ask: Omit<OfferedPasskey, "name">; answer: undefined };
	/** A new password, by what the site says of its passwords (`passwordrules`); nothing while the vault is locked. */
	suggested: { ask: { readonly rules: string }; answer: string | undefined };
	/** It is remembered before it is filled: the page may be gone before it is saved. */
	taken: { ask: { readonly password: string }; answer: true };
	fillings: {
		ask: {
			readonly id: string;
			readonly despite: Caution | undefined;
			readonly fields: readonly WantedField[];
		};
		answer: string[][];
	};
	/** The user name of a first step. */
	named: { ask: { readonly userName: string }; answer: undefined };
	sent: { ask: Sent; answer: undefined };
	/** `asks` are the kinds of forms that the page shows now. */
	pending: { ask: { readonly asks: readonly FormKind[] }; answer: Pending | undefined };
	save: { ask: { readonly at: number }; answer: boolean };
	drop: { ask: { readonly at: number; readonly forever: boolean }; answer: undefined };
	/** Shows the popup: to open the vault. */
	open: { ask: object; answer: undefined };
}

export type Ask = keyof Asks;

export type FromPage = { [Name in Ask]: { readonly page: Name } & Asks[Name]["ask"] }[Ask];

/** What became of what the person chose in the popup; `elsewhere`: the tab shows a page of another origin by now. */
export type Filled = "filled" | "nothing" | "elsewhere";

/** What the background tells a page's script: to fill what the person chose in the popup, to say what it takes, and that
 * they chose there whether to save what was sent. `origin` is that of the page that they saw named there. */
export type ToPage =
	| {
			readonly sigill: "fill";
			readonly origin: string;
			readonly id: string;
			readonly kind: Fillable;
			readonly despite: Caution | undefined;
	  }
	| { readonly sigill: "taken"; readonly origin: string }
	| { readonly sigill: "settled" };

export function isToPage(message: unknown): message is ToPage {
	if (typeof message !== "object" || message === null || !("sigill" in message)) return false;
	return ["fill", "taken", "settled"].includes(String(message.sigill));
}
