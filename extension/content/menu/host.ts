/**
 * A place of ours in a page that isn't: in the top layer, in a closed root of this script's own world, so that the page
 * can neither read it, nor lay anything of its own inside, nor press it. What a page can still do (cover it, move it,
 * show it by surprise) is asked for before each press: see {@link Host.isGenuine}.
 */
import type { Looks } from "../messages.ts";
import type { Lent } from "./lent.ts";
import { dress } from "./sheet.ts";

/** A press counts only where what is pressed has been in sight, and in its place, for so long. */
export const SETTLED_MS = 350;

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
	readonly #sight: IntersectionObserver | undefined;
	#settledAt = Number.POSITIVE_INFINITY;
	#isSeen = true;
	#place = { x: 0, y: 0 };
	#pinned = "";

	constructor({ theme, language }: Looks, { ours }: Lent) {
		ours.add(this.#element);
		this.#element.popover = "manual";
		this.#root = this.#element.attachShadow({ mode: "closed" });
		const frame = document.createElement("div");
		frame.className = `frame ${theme}`;
		frame.lang = language;
		this.#root.append(frame);
		dress(this.#root);
		this.#sight = this.#watchSight();
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
		if (!this.#element.matches(":popover-open")) this.#element.showPopover();
		this.#sight?.observe(this.#element);
	}

	/** Moves it; it has to settle again. */
	move(x: number, y: number): void {
		if (this.isOpen && this.#place.x === x && this.#place.y === y) return;
		this.#place = { x, y };
		this.#settledAt = performance.now() + SETTLED_MS;
		for (const [name, value] of Object.entries({ ...PINNED, left: `${x}px`, top: `${y}px` })) {
			this.#element.style.setProperty(name, value, "important");
		}
		this.#pinned = this.#element.style.cssText;
	}

	hide(): void {
		this.#sight?.unobserve(this.#element);
		this.#element.remove();
	}

	get box(): DOMRect {
		return this.#element.getBoundingClientRect();
	}

	/**
	 * Whether a press is a person's, on what the person saw: the event is the browser's, the host has stood still in
	 * its place and uncovered for {@link SETTLED_MS}, and it is what lies on top at that point.
	 */
	isGenuine(event: Event): boolean {
		if (!event.isTrusted || performance.now() < this.#settledAt || !this.#isSeen || !this.#isInPlace())
			return false;
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

	/** Chromium says whether anything lies over it, however transparent, or makes it so (Intersection Observer v2). */
	#watchSight(): IntersectionObserver | undefined {
		if (!("isVisible" in IntersectionObserverEntry.prototype)) return undefined;
		const options = { threshold: [0.99], trackVisibility: true, delay: 100 };
		return new IntersectionObserver((entries) => {
			const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined;
			const isSeen = last?.isVisible === true;
			if (isSeen && !this.#isSeen) this.#settledAt = performance.now() + SETTLED_MS;
			this.#isSeen = isSeen;
		}, options);
	}
}
