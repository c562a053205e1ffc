import type { Act, Loss, Operation } from "../../wasm/sigill.js";

/** Where a danger page is. */
export type Step =
	| { readonly step: "begin" }
	| { readonly step: "restore" }
	| { readonly step: "way" }
	| { readonly step: "loss"; readonly loss: Loss; readonly note: Note }
	| { readonly step: "fresh"; readonly loss: Loss }
	| { readonly step: "operation"; readonly operation: Operation }
	| { readonly step: "finished"; readonly act: Act; readonly undoUntil: number | undefined }
	| { readonly step: "kept" };

/** Why a loss page is shown again. */
export type Note = "first" | "changed" | "stale" | "linked";

declare global {
	interface HTMLElementEventMap {
		"sigill-step": CustomEvent<Step>;
		"sigill-act": CustomEvent<Act>;
	}
}

/** Turns the page to another step. */
export function turn(from: EventTarget, step: Step): void {
	from.dispatchEvent(new CustomEvent("sigill-step", { detail: step, bubbles: true, composed: true }));
}

/** Begins an act: its loss page. */
export function begin(from: EventTarget, act: Act): void {
	from.dispatchEvent(new CustomEvent("sigill-act", { detail: act, bubbles: true, composed: true }));
}
