// Describes a document's forms: one pass over the tree as it is drawn, through shadow roots and slots. It judges
// nothing: what the forms are for is understood by `sigill_core::fill`. No value that stands in a field is read.
import type { Button, Control, Description, Group, Line, Place } from "./description.ts";
import {
	accessOf,
	ariaOf,
	choicesOf,
	cut,
	type Field,
	isButton,
	isField,
	isHeading,
	LONGEST,
	labelText,
	OURS,
	parentOf,
	rootOf,
	SKIPPED,
	shutNow,
} from "./elements.ts";
import { Sight } from "./sight.ts";

/** Fewer than the core takes: the largest forms that people fill have a third of that. */
const MOST_CONTROLS = 64;
/** So many controls, and all for passwords, are looked at closely; the others before they are filled. */
const MOST_LOOKED_AT = 24;
/** Where there are so many controls nobody hides one among a few: then so many. */
const MANY_CONTROLS = 48;
const LOOKED_AT_OF_MANY = 8;
const MOST_BUTTONS = 256;
const MOST_TEXTS = 800;
const MOST_ELEMENTS = 50_000;
const DEEPEST = 400;
/** Of the texts between two controls the first and the last are kept. */
const TEXTS_AFTER = 2;
const TEXTS_BEFORE = 6;

const GROUPS = new Set([
	"FORM",
	"FIELDSET",
	"DIALOG",
	"HEADER",
	"FOOTER",
	"NAV",
	"ASIDE",
	"MAIN",
	"SECTION",
	"ARTICLE",
	"SEARCH",
	"THEAD",
]);
/** Roles that say more of a group than its element. */
const ROLES = new Set(["dialog", "search"]);
const UNTYPED = new Set(["checkbox", "radio", "range", "color", "file"]);
const PRESSED = new Set(["submit", "button", "image", "reset"]);

/** A group as the walk finds it; whether it is worth telling is known at the end. */
interface Found {
	element: Element;
	parent: Found | null;
	parts: number;
	controls: number;
	index: number | null;
}

interface Placed<T> {
	element: T;
	place: number;
	group: Found | null;
}

/** Describes the document that it runs in. `elements` are those behind the description's controls and buttons. */
export function read(): { description: Description; controls: Field[]; buttons: Element[] } {
	return new Reader().read();
}

class Reader {
	readonly #controls: Placed<Field>[] = [];
	readonly #buttons: Placed<Element>[] = [];
	readonly #texts: (Placed<Element> & { text: string; heading: boolean })[] = [];
	readonly #stack: Found[] = [];
	readonly #found = new Map<Element, Found>();
	readonly #groups: Group[] = [];
	#waiting: (Placed<Element> & { text: string; heading: boolean })[] = [];
	readonly #shut = shutNow();
	readonly #labels = new Map<Element, HTMLLabelElement[]>();
	/** Headings around what is being looked at. */
	#headings = 0;
	#lookedAt = 0;
	#sinceControl = TEXTS_AFTER;
	#place = 0;
	#elements = 0;

	read() {
		const root = document.documentElement;
		if (document.body) this.#walk(document.body, document.body, false);
		const sight = new Sight(root, parentOf);
		const isSeen = new Map<Element, boolean>();
		const sees = (element: Element) => {
			const known =
				isSeen.get(element) ?? element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
			isSeen.set(element, known);
			return known;
		};
		const buttons = this.#buttons.filter(({ element }) => sees(element) && sight.isWithinReach(element));
		const description: Description = {
			title: cut(document.title),
			language: cut(root.lang),
			url: cut(location.origin + location.pathname),
			groups: this.#groups,
			controls: this.#controls.map((control) => this.#control(control, sight)),
			buttons: buttons.map((button) => this.#button(button)),
			texts: this.#texts.filter(({ element }) => sees(element)).map((text) => this.#text(text)),
		};
		return {
			description,
			controls: this.#controls.map(({ element }) => element),
			buttons: buttons.map(({ element }) => element),
		};
	}

	#walk(element: Element, children: ParentNode & Node, isLink: boolean) {
		this.#elements += 1;
		if (this.#stack.length > DEEPEST) return;
		if (element instanceof HTMLLabelElement) this.#meetLabel(element);
		const found: Found = { element, parent: this.#stack.at(-1) ?? null, parts: 0, controls: 0, index: null };
		this.#stack.push(found);
		const heading = isHeading(element) ? 1 : 0;
		this.#headings += heading;
		this.#found.set(element, found);
		// By siblings: `childNodes` is a list that lives.
		for (let child = children.firstChild; child && !this.#isFull(); child = child.nextSibling) {
			if (child instanceof Text) this.#meetText(child, element, isLink);
			else if (child instanceof Element) this.#meet(child, isLink);
		}
		this.#stack.pop();
		this.#headings -= heading;
	}

	/** Nobody fills what comes after so many controls. */
	#isFull(): boolean {
		return this.#controls.length >= MOST_CONTROLS || this.#elements > MOST_ELEMENTS;
	}

	#meet(element: Element, isLink: boolean) {
		if (SKIPPED.has(element.tagName.toUpperCase()) || OURS.has(element)) return;
		if (isField(element)) return this.#meetField(element);
		if (isButton(element)) {
			this.#add(this.#buttons, element, MOST_BUTTONS);
			return;
		}
		if (element instanceof HTMLImageElement && element.alt) this.#keepText(element, element.alt, false);
		if (element instanceof HTMLSlotElement) {
			const assigned = element.assignedNodes();
			for (const node of assigned) {
				if (node instanceof Element) this.#meet(node, isLink);
				else if (node instanceof Text) this.#meetText(node, element, isLink);
			}
			if (assigned.length > 0) return;
		}
		this.#walk(
			element,
			rootOf(element) ?? element,
			isLink || (element.tagName === "A" && this.#headings === 0 && !isHeading(element)),
		);
	}

	#meetField(element: Field) {
		if (element instanceof HTMLInputElement) {
			if (UNTYPED.has(element.type)) return;
			if (PRESSED.has(element.type)) return this.#add(this.#buttons, element, MOST_BUTTONS);
			if (element.type === "hidden" && !(element.value && /user|mail|login|name/i.test(element.name))) return;
		}
		this.#add(this.#controls, element, MOST_CONTROLS);
	}

	/** Asked of the label: to ask each control for its labels goes through the whole document each time. */
	#meetLabel(label: HTMLLabelElement) {
		const { control } = label;
		if (!control) return;
		const others = this.#labels.get(control);
		if (others) others.push(label);
		else this.#labels.set(control, [label]);
	}

	#add<T extends Element>(to: Placed<T>[], element: T, most: number) {
		if (to.length >= most) return;
		this.#keepWaiting();
		const group = this.#stack.at(-1) ?? null;
		to.push({ element, place: this.#next(), group });
		if (group) group.parts += 1;
		for (let at = group; at; at = at.parent) {
			if (at.controls === 0 && at.parent) at.parent.parts += 1;
			at.controls += 1;
		}
		this.#sinceControl = 0;
	}

	#meetText(node: Text, element: Element, isLink: boolean) {
		const text = node.data.slice(0, 4 * LONGEST).trim();
		if (text !== "" && !isLink) this.#keepText(element, text, false);
	}

	#keepText(element: Element, text: string, isAlt: boolean) {
		const heading = !isAlt && this.#headings > 0;
		const placed = {
			element,
			place: this.#next(),
			group: this.#stack.at(-1) ?? null,
			text: cut(text),
			heading,
		};
		this.#sinceControl += 1;
		if (this.#sinceControl <= TEXTS_AFTER || heading) this.#push(placed);
		else {
			this.#waiting.push(placed);
			if (this.#waiting.length > TEXTS_BEFORE) this.#waiting.shift();
		}
	}

	#keepWaiting() {
		for (const text of this.#waiting) this.#push(text);
		this.#waiting = [];
	}

	#push(text: Placed<Element> & { text: string; heading: boolean }) {
		if (this.#texts.length < MOST_TEXTS) this.#texts.push(text);
	}

	#next(): number {
		this.#place += 1;
		return this.#place;
	}

	/** The group's place in the description: that of the innermost one around that holds several things. */
	#groupOf(found: Found | null): number | null {
		const chain: Found[] = [];
		let at = found;
		while (at && at.index === null) {
			if (isWorthTelling(at)) chain.push(at);
			at = at.parent;
		}
		let index = at?.index ?? null;
		for (const group of chain.reverse()) {
			const { element } = group;
			this.#groups.push({
				parent: index,
				tag: roleOf(element) ?? element.localName.slice(0, LONGEST),
				label: cut(ariaOf(element)),
				name: cut(`${element.id} ${element.getAttribute("name") ?? ""}`.trim()),
				action: cut(element.getAttribute("action") ?? ""),
			});
			index = this.#groups.length - 1;
			group.index = index;
		}
		return index;
	}

	#formOf(element: Element): number | null {
		const owner = "form" in element && element.form instanceof HTMLFormElement ? element.form : null;
		for (let at: Element | null = owner ?? element; at; at = parentOf(at)) {
			if (at instanceof HTMLFormElement) return this.#groupOf(this.#found.get(at) ?? null);
		}
		return null;
	}

	#at({ place, group }: Placed<Element>): Place {
		return { place, group: this.#groupOf(group) };
	}

	#text(text: Placed<Element> & { text: string; heading: boolean }): Line {
		return { ...this.#at(text), heading: text.heading, text: text.text };
	}

	#button(button: Placed<Element>): Button {
		const { element } = button;
		const isInput = element instanceof HTMLInputElement;
		const isButton = element instanceof HTMLButtonElement;
		const submits =
			(isInput && /^(submit|image)$/.test(element.type)) || (isButton && element.type === "submit");
		const text = isInput ? element.value || element.alt : (element.textContent ?? "").slice(0, 4 * LONGEST);
		return {
			...this.#at(button),
			form: this.#formOf(element),
			submits,
			text: cut(`${ariaOf(element)} ${text} ${element.getAttribute("title") ?? ""}`),
			name: cut(`${element.id} ${element.getAttribute("name") ?? ""}`),
		};
	}

	#control(control: Placed<Field>, sight: Sight): Control {
		const { element } = control;
		const isAlone = (around: Element) => (this.#found.get(around)?.controls ?? 2) < 2;
		const attribute = (name: string) => cut(element.getAttribute(name) ?? "");
		const most = this.#controls.length > MANY_CONTROLS ? LOOKED_AT_OF_MANY : MOST_LOOKED_AT;
		const isClose = this.#lookedAt < most || element.type === "password";
		this.#lookedAt += 1;
		const hidden = isClose ? sight.of(element, isAlone) : sight.roughly(element);
		return {
			...this.#at(control),
			form: this.#formOf(element),
			kind: element instanceof HTMLInputElement ? element.type : element.localName,
			autocomplete: attribute("autocomplete"),
			name: attribute("name"),
			id: cut(element.id),
			label: cut((this.#labels.get(element) ?? []).map(labelText).join(" ")),
			aria: cut(ariaOf(element)),
			placeholder: attribute("placeholder"),
			title: attribute("title"),
			inputMode: attribute("inputmode"),
			pattern: attribute("pattern"),
			maxLength: "maxLength" in element && element.maxLength >= 0 ? element.maxLength : null,
			max: attribute("max"),
			masked: isClose && hidden === null && sight.isMasked(element),
			filled: element.value !== "",
			access: accessOf(element, this.#shut),
			hidden,
			unreachable: element.tabIndex < 0,
			choices: element instanceof HTMLSelectElement ? choicesOf(element) : [],
		};
	}
}

function roleOf(element: Element): string | null {
	const role = element.getAttribute("role");
	return role !== null && ROLES.has(role) ? role : null;
}

function isWorthTelling({ element, parts, parent }: Found): boolean {
	return parts > 1 || parent === null || GROUPS.has(element.tagName) || roleOf(element) !== null;
}
