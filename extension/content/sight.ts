// Whether a person sees a control, and if not, why. Everything is asked in one go, after the walk and before anything
// is changed, so that the page is laid out once.
import type { Hidden } from "./description.ts";

const LEAST_OPACITY = 0.1;
const LEAST_SIZE = 4;
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
		return this.#byAncestors(control, box) ?? (this.#isCovered(control, box, isAlone) ? "covered" : null);
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
			if (opacity < LEAST_OPACITY) return "opacity";
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

	/** Whether something else is where a click in its middle would go. */
	#isCovered(control: Element, box: DOMRect, isAlone: (around: Element) => boolean): boolean {
		const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
		let hit = this.#hit(document, x, y);
		while (hit?.shadowRoot) {
			const inner = this.#hit(hit.shadowRoot, x, y);
			if (!inner || inner === hit) break;
			hit = inner;
		}
		if (!hit || hit === control || this.#isBar(hit)) return false;
		const labels = "labels" in control ? (control.labels as NodeList | null) : null;
		if (Array.from(labels ?? []).some((label) => label.contains(hit))) return false;
		let own = control;
		for (let boxes = 0; boxes < OWN_BOXES; boxes += 1) {
			const around = this.#parent(own);
			if (!around || !isAlone(around)) break;
			own = around;
		}
		// A closed root answers with its host, which is around the control.
		const isAround = this.#isWithin(control, hit) && hit.getRootNode() !== control.getRootNode();
		return !isAround && !this.#isWithin(hit, own);
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

	#isWithin(inner: Element, outer: Element): boolean {
		for (let at: Element | null = inner; at; at = this.#parent(at)) if (at === outer) return true;
		return false;
	}
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
	return (
		/^(inset\((50|100)%|circle\(0|polygon\((0(px|%)? 0(px|%)?(, )?)+\))/.test(style.clipPath) ||
		/opacity\(0(%|\))/.test(style.filter)
	);
}
