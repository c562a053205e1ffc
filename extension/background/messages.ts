/** What crosses between pages and the background. All of it survives JSON. */
import type { Fillable } from "../content/form-kinds.ts";
import type { Caution, Failure } from "../wasm/sigill.js";
import type { Told } from "./here.ts";
import type { Settling } from "./pending.ts";
import { type FromOwnPage, isFromOwnPage } from "./site-passkeys/own-page.ts";

export type Request =
	| { readonly sigill: "call"; readonly method: string; readonly args: readonly unknown[] }
	| { readonly sigill: "here" }
	| { readonly sigill: "others-here"; readonly page: Told }
	| {
			readonly sigill: "fill-here";
			readonly page: Told;
			readonly id: string;
			readonly kind: Fillable;
			readonly despite: Caution | undefined;
	  }
	| { readonly sigill: "pending-here" }
	| { readonly sigill: "settle-here"; readonly tab: number; readonly at: number; readonly choice: Settling }
	| { readonly sigill: "look-up-leaks"; readonly prefix: string; readonly ids: readonly string[] }
	| { readonly sigill: "clear-clipboard"; readonly seconds: number }
	| { readonly sigill: "wipe-clipboard" }
	| FromOwnPage;

export type Answer = { readonly value: unknown } | { readonly failure: Failure };

/** What failed here and not in the session; it has the session's shape. */
export function failure(code: string): Failure {
	return { code, triesLeft: undefined, retryAfter: undefined, quota: undefined };
}

export interface Changed {
	readonly sigill: "changed";
}

export function isChanged(message: unknown): message is Changed {
	return named(message) === "changed";
}

export function isRequest(message: unknown): message is Request {
	if (typeof message !== "object" || message === null) return false;
	switch (named(message)) {
		case "call":
			return "method" in message && "args" in message && Array.isArray(message.args);
		case "clear-clipboard":
			return "seconds" in message && typeof message.seconds === "number";
		case "fill-here":
			return "id" in message && typeof message.id === "string" && "kind" in message && isTold(message);
		case "others-here":
			return isTold(message);
		case "look-up-leaks":
			return "prefix" in message && typeof message.prefix === "string" && areTexts(message);
		case "settle-here":
			return isSettling(message);
		case "here":
		case "pending-here":
		case "wipe-clipboard":
			return true;
		default:
			return "sigill" in message && isFromOwnPage(message);
	}
}

function isTold(message: object): boolean {
	const page = "page" in message ? message.page : undefined;
	if (typeof page !== "object" || page === null || !("tab" in page && "origin" in page)) return false;
	return typeof page.tab === "number" && typeof page.origin === "string";
}

function isSettling(message: object): boolean {
	if (!("tab" in message && "at" in message && "choice" in message)) return false;
	const isKnown = ["save", "drop", "never"].includes(String(message.choice));
	return isKnown && typeof message.tab === "number" && typeof message.at === "number";
}

function areTexts(message: object): boolean {
	const ids = "ids" in message && Array.isArray(message.ids) ? message.ids : [undefined];
	return ids.every((id) => typeof id === "string");
}

function named(message: unknown): unknown {
	return typeof message === "object" && message !== null && "sigill" in message ? message.sigill : undefined;
}
