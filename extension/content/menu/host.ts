/**
 * A place of ours in a page that isn't: in the top layer, in a closed root of this script's own world, so that the page
 * can neither read it, nor lay anything of its own inside, nor press it. What a page can still do (cover it, move it,
 * show it by surprise) is asked for before each press: see {@link Host.isGenuine}.
 */
import type { Looks } from "../messages.ts";
import type { Lent } from "./lent.ts";
import { Seen } from "./seen.ts";
import { dress } from "./sheet.ts";

const PINNED: Readonly<Record<string, string>> = {
	all: "initial",
	position: "fixed",
	inset: "auto",
	margin: "0",
	padding: "0",
	border: "0",
	background: "transparent",
	overflow: "visible",
	width: "max-content",
	height: "max-content",
	display: "block",
	visibility: "visible",
	opacity: "1",
	transform: "none",
	filter: "none",
	"clip-path": "none",
	"pointer-events": "auto",
	animation: "none",
	transition: "none",
	"z-index": "2147483647",
};

export class Host {
	readonly #element = document.createElement("div");
	readonly #root: ShadowRoot;
	/** Nothing of what no press is taken from. */
	readonly #seen: Seen | undefined;
	#place = { x: 0, y: 0 };
	#pinned = "";

	/** `asks` is pressed, and fills or keeps something; a `mark` only opens something. */
	constructor({ theme, language }: Looks, { ours }: Lent, what: "asks" | "mark") {
		ours.add(this.#element);
		if (what === "asks") this.#seen = new Seen(this.#element);
		this.#element.popover = "manual";
		this.#root = this.#element.attachShadow({ mode: "closed" });
		const frame = document.createElement("div");
		frame.className = `frame ${theme}`;
		frame.lang = language;
		this.#root.append(frame);
		dress(this.#root);
		for (const name of [
			"keydown",
			"keyup",
			"keypress",
			"beforeinput",
			"input",
			"click",
			"pointerdown",
			"focusin",
		]) {
			// What happens in here is none of the page's business.
			this.#root.addEventListener(name, (event) => event.stopPropagation());
		}
	}

	get frame(): HTMLElement {
		return this.#root.firstElementChild as HTMLElement;
	}

	get isOpen(): boolean {
		return this.#element.isConnected;
	}

	/** Whether an event went into it: seen from the page it went to the host. */
	holds(event: Event): boolean {
		return event.target === this.#element;
	}

	/** Shows it at a point of the window. Beside a modal dialog everything outside of that is inert: it goes inside. */
	show(x: number, y: number, beside: Element | undefined): void {
		const dialog = beside?.closest("dialog:modal") ?? document.documentElement;
		if (this.#element.parentElement !== dialog) dialog.append(this.#element);
		this.move(x, y);
		this.#seen?.settle(); // also where it stood there before: it shows something else
		if (this.#element.matches(":popover-open")) return;
		this.#element.showPopover();
		this.#seen?.begin();
	}

	/** Moves it; it has to settle again. */
	move(x: number, y: number): void {
		if (this.isOpen && this.#place.x === x && this.#place.y === y) return;
		this.#place = { x, y };
		this.#seen?.settle();
		for (const [name, value] of Object.entries({ ...PINNED, left: `${x}px`, top: `${y}px` })) {
			this.#element.style.setProperty(name, value, "important");
		}
		this.#pinned = this.#element.style.cssText;
	}

	hide(): void {
		this.#seen?.end();
		this.#element.remove();
	}

	get box(): DOMRect {
		return this.#element.getBoundingClientRect();
	}

	/**
	 * Whether a press is a person's, on what the person saw: the event is the browser's, the host had stood still in its
	 * place and uncovered for long enough when it happened, and it is what lies on top at that point.
	 */
	isGenuine(event: Event): boolean {
		if (!event.isTrusted || !this.#seen?.wasSeenAt(event) || !this.#isInPlace()) return false;
		if (!(event instanceof MouseEvent) || event.detail === 0) return this.#root.activeElement !== null;
		return document.elementFromPoint(event.clientX, event.clientY) === this.#outermost();
	}

	/** In a root of the page's, what lies at a point is that root's host. */
	#outermost(): Element {
		let element: Element = this.#element;
		for (let root = element.getRootNode(); root instanceof ShadowRoot; root = element.getRootNode()) {
			element = root.host;
		}
		return element;
	}

	/** Where we put it, as we dressed it: `all` and what is pinned leave no property to a page, but for what it adds. */
	#isInPlace(): boolean {
		const { left, top } = this.box;
		const isThere = Math.abs(left - this.#place.x) < 2 && Math.abs(top - this.#place.y) < 2;
		const isBare = ["::before", "::after"].every(
			(part) => getComputedStyle(this.#element, part).content === "none",
		);
		return (
			isThere &&
			isBare &&
			this.#element.style.cssText === this.#pinned &&
			this.#element.matches(":popover-open")
		);
	}
}
