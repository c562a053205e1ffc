// What single elements are and say.
import type { Control } from "./description.ts";

export const LONGEST = 240;
const MOST_CHOICES = 64;
const DEEPEST_LABEL = 32;

export const SKIPPED = new Set([
	"SCRIPT",
	"STYLE",
	"NOSCRIPT",
	"TEMPLATE",
	"OPTION",
	"CANVAS",
	"VIDEO",
	"AUDIO",
	"IFRAME",
	"OBJECT",
	"HEAD",
]);

export type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What this script itself put into the page: no part of it. */
export const OURS = new WeakSet<Element>();

/** What keeps people out of parts of the page. */
export interface Shut {
	/** The dialog that lies over the page, if any: all outside it is inert. */
	readonly modal: Element | null;
	readonly hasInert: boolean;
}

export function shutNow(): Shut {
	const modal = Array.from(document.querySelectorAll("dialog:modal")).at(-1) ?? null;
	return { modal, hasInert: document.querySelector("[inert]") !== null };
}

/** The root inside an element, open or closed. */
export function rootOf(element: Element): ShadowRoot | null {
	if (element.shadowRoot) return element.shadowRoot;
	const dom = globalThis.chrome?.dom;
	if (!(element instanceof HTMLElement) || !element.localName.includes("-") || !dom?.openOrClosedShadowRoot)
		return null;
	return dom.openOrClosedShadowRoot(element);
}

export function isField(element: Element): element is Field {
	return (
		element instanceof HTMLInputElement ||
		element instanceof HTMLSelectElement ||
		element instanceof HTMLTextAreaElement
	);
}

/** A button, or what a page uses as one: a role, or something small that takes the keyboard. */
export function isButton(element: Element): boolean {
	if (element instanceof HTMLButtonElement) return true;
	const role = element.getAttribute("role");
	if (role !== null) return role === "button";
	const isPlain = element.localName === "div" || element.localName === "span";
	return (
		isPlain &&
		element.getAttribute("tabindex") === "0" &&
		!element.querySelector("input, select, textarea, button, a")
	);
}

export function isHeading(element: Element): boolean {
	return /^(H[1-6]|LEGEND)$/.test(element.tagName) || element.getAttribute("role") === "heading";
}

export function accessOf(element: Field, { modal, hasInert }: Shut): Control["access"] {
	if (element.matches(":disabled")) return "disabled";
	if (hasInert && element.closest("[inert]")) return "disabled";
	if (modal && !isWithin(element, modal)) return "disabled";
	return "readOnly" in element && element.readOnly ? "read_only" : "open";
}

export function choicesOf(select: HTMLSelectElement): string[] {
	return Array.from(select.options)
		.slice(0, MOST_CHOICES)
		.map(({ text }) => cut(text));
}

/** What a label says beside what the control in it says. */
export function labelText(label: Element, depth = 0): string {
	let text = "";
	if (depth > DEEPEST_LABEL) return text;
	for (const child of label.childNodes) {
		if (text.length >= LONGEST) break;
		if (child instanceof Text) text += ` ${child.data}`;
		else if (child instanceof HTMLImageElement) text += ` ${child.alt}`;
		else if (child instanceof Element && !isApart(child)) text += labelText(child, depth + 1);
	}
	return text;
}

/** Whether what is in an element says nothing of what is around it. */
const isApart = (element: Element): boolean =>
	isField(element) || element instanceof HTMLButtonElement || SKIPPED.has(element.tagName);

export function ariaOf(element: Element): string {
	const label = element.getAttribute("aria-label");
	if (label) return label;
	const ids = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== "");
	if (ids.length === 0) return "";
	const root = element.getRootNode();
	if (!(root instanceof Document || root instanceof ShadowRoot)) return "";
	return ids
		.slice(0, 8)
		.map((id) => (root.getElementById(id)?.textContent ?? "").slice(0, 4 * LONGEST))
		.join(" ");
}

/** The parent in the tree as it is drawn. */
export function parentOf(node: Node): Element | null {
	if (node instanceof Element && node.assignedSlot) return node.assignedSlot;
	const parent = node.parentNode;
	if (parent instanceof ShadowRoot) return parent.host;
	return parent instanceof Element ? parent : null;
}

export function isWithin(inner: Element, outer: Element): boolean {
	for (let at: Element | null = inner; at; at = parentOf(at)) if (at === outer) return true;
	return false;
}

export function cut(text: string): string {
	if (text === "") return text; // as most attributes are
	return text
		.slice(0, 4 * LONGEST)
		.replaceAll(/\s+/g, " ")
		.trim()
		.slice(0, LONGEST);
}
