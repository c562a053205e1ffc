// Whether a person sees a control, and if not, why. Everything is asked in one go, after the walk and before anything
// is changed, so that the page is laid out once.
import type { Hidden } from "./description.ts";
import { isWithin } from "./elements.ts";

const LEAST_OPACITY = 0.2;
const LEAST_SIZE = 8;
const LEAST_BUTTON = 2;
/** Fewer drawn boxes are no code. */
const FEWEST_BOXES = 4;
/** So many elements around a control belong to it alone: its box, its floating label, its icons. */
const OWN_BOXES = 3;

export class Sight {
	readonly #styles = new Map<Element, CSSStyleDeclaration>();
	readonly #parent: (node: Node) => Element | null;
	readonly #root: Element;

	/** `parent` is the parent in the tree as it is drawn: out of slots and shadow roots. */
	constructor(root: Element, parent: (node: Node) => Element | null) {
		this.#root = root;
		this.#parent = parent;
	}

	/** Why a person doesn't see it. */
	of(control: Element, isAlone: (around: Element) => boolean): Hidden | null {
		if (control instanceof HTMLInputElement && control.type === "hidden") return "type";
		if (!control.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: true })) return "style";
		const box = control.getBoundingClientRect();
		if (box.width < LEAST_SIZE || box.height < LEAST_SIZE) return "size";
		const hidden = this.#byAncestors(control, box);
		if (hidden === "opacity") return this.#isOverDrawnBoxes(control, box) ? null : hidden;
		return hidden ?? (this.#isCovered(control, box, isAlone) ? "covered" : null);
	}

	/** Whether a button is somewhere that a person can scroll to, and large enough. */
	isWithinReach(button: Element): boolean {
		const box = button.getBoundingClientRect();
		if (box.width < LEAST_BUTTON || box.height < LEAST_BUTTON) return false;
		return !this.#isOffScreen(box, false);
	}

	/**
	 * Whether a transparent field takes the code of a second step for boxes that are drawn under it: it says so by its
	 * token or has the focus, is itself where a click would go, and several things alike in size lie beneath.
	 */
	#isOverDrawnBoxes(control: Element, box: DOMRect): boolean {
		if (!(control instanceof HTMLInputElement)) return false;
		const isMeant = /\bone-time-code\b/.test(control.autocomplete) || control.matches(":focus");
		const around = this.#parent(control);
		if (!isMeant || !around || Number.parseFloat(this.#style(around).opacity) < 1) return false;
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		const root = control.getRootNode() as Document | ShadowRoot;
		const top = root.elementsFromPoint(x, y)[0];
		if (top !== undefined && top !== control) return false;
		const boxes = Array.from(around.querySelectorAll("*"), (element) => element.getBoundingClientRect());
		const beneath = boxes.filter(
			({ left, right, top, bottom, width, height }) =>
				width >= LEAST_SIZE &&
				height >= LEAST_SIZE &&
				width <= box.width / 2 &&
				left >= box.left - 1 &&
				right <= box.right + 1 &&
				top <= y &&
				bottom >= y,
		);
		return beneath.length >= FEWEST_BOXES && this.#byAncestors(around, box) === null;
	}

	isMasked(control: Element): boolean {
		const shown = this.#style(control).getPropertyValue("-webkit-text-security");
		return shown !== "" && shown !== "none";
	}

	#style(element: Element): CSSStyleDeclaration {
		const known = this.#styles.get(element);
		if (known) return known;
		const style = getComputedStyle(element);
		this.#styles.set(element, style);
		return style;
	}

	#byAncestors(control: Element, box: DOMRect): Hidden | null {
		let [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom];
		let opacity = 1;
		let isFixed = false;
		let escapes = false; // an absolute box isn't cut by what isn't positioned
		for (let at: Element | null = control; at; at = this.#parent(at)) {
			const style = this.#style(at);
			opacity *= Number.parseFloat(style.opacity);
			if (opacity < LEAST_OPACITY || (at === control && isInvisibleInk(style))) return "opacity";
			if (at.getAttribute("aria-hidden") === "true") return "aria_hidden";
			if (isCutAway(style)) return "clipped";
			const isPositioned = style.position !== "static";
			const cuts = at !== control && at !== this.#root && at !== document.body;
			if (
				cuts &&
				(style.overflowX !== "visible" || style.overflowY !== "visible") &&
				!(escapes && !isPositioned)
			) {
				const around = at.getBoundingClientRect();
				const scrolls = { x: /auto|scroll/.test(style.overflowX), y: /auto|scroll/.test(style.overflowY) };
				if (!scrolls.x || around.width < LEAST_SIZE) {
					left = Math.max(left, around.left);
					right = Math.min(right, around.right);
				} else [left, right] = [around.left, around.right];
				if (!scrolls.y || around.height < LEAST_SIZE) {
					top = Math.max(top, around.top);
					bottom = Math.min(bottom, around.bottom);
				} else [top, bottom] = [around.top, around.bottom];
				if (right - left < LEAST_SIZE || bottom - top < LEAST_SIZE) return "clipped";
			}
			if (style.position === "fixed") isFixed = true;
			if (isPositioned) escapes = style.position === "absolute";
		}
		return this.#isOffScreen({ left, top, right, bottom }, isFixed) ? "off_screen" : null;
	}

	#isOffScreen(box: Pick<DOMRect, "left" | "top" | "right" | "bottom">, isFixed: boolean): boolean {
		const root = this.#root;
		const [x, y] = isFixed ? [0, 0] : [scrollX, scrollY];
		const width = isFixed ? innerWidth : Math.max(innerWidth, root.scrollWidth);
		const height = isFixed ? innerHeight : Math.max(innerHeight, root.scrollHeight);
		return box.right + x <= 0 || box.bottom + y <= 0 || box.left + x >= width || box.top + y >= height;
	}

	/** Whether something else is where a click in its middle would go, or nothing takes one. */
	#isCovered(control: Element, box: DOMRect, isAlone: (around: Element) => boolean): boolean {
		if (this.#style(control).pointerEvents === "none") return true;
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		let hit = this.#hit(document, x, y);
		while (hit?.shadowRoot) {
			const inner = this.#hit(hit.shadowRoot, x, y);
			if (!inner || inner === hit) break;
			hit = inner;
		}
		if (!hit || hit === control || this.#isBar(hit)) return false;
		// A closed root answers with its host, which is around the control.
		if (isWithin(control, hit)) return hit.getRootNode() === control.getRootNode() && this.#paints(hit, box);
		const labels = "labels" in control ? (control.labels as NodeList | null) : null;
		const isLabel = Array.from(labels ?? []).some((label) => label.contains(hit));
		if (isLabel || isWithin(hit, this.#own(control, isAlone))) return this.#paints(hit, box);
		return true;
	}

	/** The largest box around a control that holds no other. */
	#own(control: Element, isAlone: (around: Element) => boolean): Element {
		let own = control;
		for (let boxes = 0; boxes < OWN_BOXES; boxes += 1) {
			const around = this.#parent(own);
			if (!around || !isAlone(around)) break;
			own = around;
		}
		return own;
	}

	/** Whether what lies over a control hides all of it. */
	#paints(hit: Element, box: DOMRect): boolean {
		const { left, right, top, bottom } = hit.getBoundingClientRect();
		const [x, y] = [box.width / 4, box.height / 4];
		const holds =
			left <= box.left + x && right >= box.right - x && top <= box.top + y && bottom >= box.bottom - y;
		const { backgroundColor, backgroundImage } = this.#style(hit);
		return holds && (backgroundImage !== "none" || alphaOf(backgroundColor) > 0.5);
	}

	/** A bar fixed to the window's edge covers what can be scrolled out from under it. */
	#isBar(hit: Element): boolean {
		for (let at: Element | null = hit; at; at = this.#parent(at)) {
			const { position } = this.#style(at);
			if (position !== "fixed" && position !== "sticky") continue;
			return at.getBoundingClientRect().height < innerHeight / 2;
		}
		return false;
	}

	/** What lies on top and isn't transparent. */
	#hit(root: DocumentOrShadowRoot, x: number, y: number): Element | null {
		return root.elementsFromPoint(x, y).find((element) => this.#opacity(element) >= LEAST_OPACITY) ?? null;
	}

	#opacity(element: Element): number {
		let opacity = 1;
		for (let at: Element | null = element; at; at = this.#parent(at)) {
			opacity *= Number.parseFloat(this.#style(at).opacity);
		}
		return opacity;
	}
}

/** Whether what is typed, and the field around it, has no colour. */
function isInvisibleInk({
	color,
	textShadow,
	backgroundColor,
	borderTopWidth,
}: CSSStyleDeclaration): boolean {
	const isBare = alphaOf(backgroundColor) === 0 && borderTopWidth === "0px";
	return alphaOf(color) === 0 && textShadow === "none" && isBare;
}

function alphaOf(color: string): number {
	const [, , , alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
	return color === "transparent" ? 0 : alpha;
}

function isCutAway(style: CSSStyleDeclaration): boolean {
	const isAbsolute = style.position === "absolute" || style.position === "fixed";
	const [top = 0, right = 0, bottom = 0, left = 0] = (style.clip.match(/-?[\d.]+/g) ?? []).map(Number);
	if (
		isAbsolute &&
		style.clip.startsWith("rect") &&
		!style.clip.includes("auto") &&
		(right - left < 2 || bottom - top < 2)
	)
		return true;
	return isClipped(style.clipPath) || /opacity\((0|0?\.[01]\d*|1?\d%)\)/.test(style.filter);
}

/** Whether a shape leaves nothing of a box. */
function isClipped(shape: string): boolean {
	const [name = "", inside = ""] = shape.split(/[()]/);
	const lengths =
		inside
			.split(" round ")[0]
			?.trim()
			.split(/[\s,]+/) ?? [];
	if (name === "inset") {
		const [top = "0", right = top, bottom = top, left = right] = lengths;
		return percent(top) + percent(bottom) >= 100 || percent(left) + percent(right) >= 100;
	}
	if (name === "circle" || name === "ellipse")
		return lengths[0] !== undefined && Number.parseFloat(lengths[0]) === 0;
	return (
		name === "polygon" &&
		new Set(inside.split(",").map((point) => point.trim().replaceAll(/0(px|%)/g, "0"))).size < 3
	);
}

function percent(length: string): number {
	return length.endsWith("%") ? Number.parseFloat(length) : 0;
}
