import type { Status } from "../wasm/sigill.js";
import type { View } from "./view.ts";

/** A short message at the foot of the page. */
export interface Toast {
	text: string;
	/** A way back, and what is said when it was gone: whoever asked may be off the page by then. */
	undo?: () => Promise<string>;
	/** Counts down, and stays until zero. */
	seconds?: number;
}

declare global {
	interface HTMLElementEventMap {
		"sigill-go": CustomEvent<View>;
		"sigill-leave": CustomEvent<undefined>;
		"sigill-say": CustomEvent<Toast>;
		"sigill-status": CustomEvent<Status>;
	}
}

function tell<T>(from: EventTarget, name: keyof HTMLElementEventMap, detail: T): void {
	from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

/** Shows another view. */
export function go(from: EventTarget, view: View): void {
	tell(from, "sigill-go", view);
}

/** Shows a short message, also when whoever asked is off the page by then: others hear of a change as early as they do. */
export function say(from: EventTarget, toast: Toast): void {
	const isGone = from instanceof Node && !from.isConnected;
	tell(isGone ? (document.body.firstElementChild ?? from) : from, "sigill-say", toast);
}

/** Hands on what the session said about where the person stands. */
export function stands(from: EventTarget, status: Status): void {
	tell(from, "sigill-status", status);
}

/** Gives the keyboard back to what fills the page: what had it is gone. */
export function leave(from: EventTarget): void {
	tell(from, "sigill-leave", undefined);
}
