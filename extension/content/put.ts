/**
 * Puts texts into controls, as a person's typing would: the events that frameworks listen to, in their order. Asked
 * again right before: what isn't seen now, or is another thing than it was, gets nothing.
 */
import { accessOf, type Field, parentOf, shutNow } from "./elements.ts";
import { Sight } from "./sight.ts";

/** A control as it was when the form was understood. */
export interface Known {
	readonly element: Field;
	/** An input's `type`, or the element's name. */
	readonly kind: string;
}

export const kindOf = (element: Field) =>
	element instanceof HTMLInputElement ? element.type : element.localName;

/** Whether a control is what it was, and a person sees it. */
export function isStill({ element, kind }: Known): boolean {
	if (!element.isConnected || kindOf(element) !== kind || accessOf(element, shutNow()) !== "open")
		return false;
	const hidden = new Sight(document.documentElement, parentOf).of(element, () => true);
	return hidden === null;
}

/** Puts a text into a control; whether it stands there now. */
export function put(known: Known, text: string): boolean {
	const { element } = known;
	if (!isStill(known)) return false;
	element.focus({ preventScroll: true });
	if (!isStill(known)) return false; // a page may change what it was when somebody goes in
	if (element instanceof HTMLSelectElement) return choose(element, text);
	element.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, composed: true, key: "Unidentified" }));
	if (!isStill(known)) return false;
	element.value = text;
	element.dispatchEvent(
		new InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText" }),
	);
	element.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, composed: true, key: "Unidentified" }));
	element.dispatchEvent(new Event("change", { bubbles: true }));
	return element.value === text;
}

function choose(element: HTMLSelectElement, text: string): boolean {
	const index = Array.from(element.options).findIndex(
		(option) => option.text.replaceAll(/\s+/g, " ").trim() === text,
	);
	if (index < 0) return false;
	element.selectedIndex = index;
	element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
	element.dispatchEvent(new Event("change", { bubbles: true }));
	return element.selectedIndex === index;
}
