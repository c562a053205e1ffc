/** The mark in a field that somebody is in: pressed, it opens the menu. */
import type { Field } from "../elements.ts";
import type { Looks } from "../messages.ts";
import { draw, seal } from "./draw.ts";
import { Host } from "./host.ts";
import type { Lent } from "./lent.ts";
import { texts } from "./texts.ts";

const SIZE = 24;
const LEAST_WIDTH = 90;

export class Mark {
	readonly #host: Host;
	#field: Field | undefined;

	constructor(looks: Looks, lent: Lent, pressed: (field: Field) => void) {
		this.#host = new Host(looks, lent, "mark");
		const button = draw(
			"button",
			{ class: "mark", type: "button", tabindex: "-1", "aria-label": texts(looks)("mark") },
			seal(),
		);
		button.addEventListener("mousedown", (event) => event.preventDefault());
		button.addEventListener("click", (event) => {
			// It fills nothing: that it is a person's press is enough.
			if (event.isTrusted && this.#field) pressed(this.#field);
		});
		this.#host.frame.append(button);
	}

	holds(event: Event): boolean {
		return this.#host.holds(event);
	}

	show(field: Field): void {
		this.#field = field;
		const box = field.getBoundingClientRect();
		if (box.width < LEAST_WIDTH || box.height < SIZE * 0.75 || box.bottom < 0 || box.top > innerHeight) {
			this.hide();
			return;
		}
		const isRightToLeft = getComputedStyle(field).direction === "rtl";
		const x = isRightToLeft ? box.left + 6 : box.right - SIZE - 6;
		this.#host.show(Math.round(x), Math.round(box.top + (box.height - SIZE) / 2), field);
	}

	follow(): void {
		if (this.#field && this.#host.isOpen) this.show(this.#field);
	}

	hide(): void {
		this.#field = undefined;
		this.#host.hide();
	}
}
