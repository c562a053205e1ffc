/** The menu under a field: what the vault has for this form, one press away. */
import type { Caution, Offered, Offers } from "../../wasm/sigill.js";
import { ask } from "../ask.ts";
import type { Field } from "../elements.ts";
import { type Fillable, ITEM_OF, isNew } from "../form-kinds.ts";
import type { Looks, OfferedPasskey } from "../messages.ts";
import type { Place } from "../page.ts";
import { focused } from "../watch.ts";
import { CARD, draw, drawing, KEY, LOCK, PASSKEY, PERSON } from "./draw.ts";
import { Host } from "./host.ts";
import type { Lent } from "./lent.ts";
import { type Text, texts } from "./texts.ts";

const GAP = 4;

export class Menu {
	readonly #host: Host;
	readonly #lent: Lent;
	readonly #t: Text;
	#field: Field | undefined;
	#place: Place | undefined;

	constructor(looks: Looks, lent: Lent) {
		this.#lent = lent;
		this.#host = new Host(looks, lent, "asks");
		this.#t = texts(looks);
		this.#host.frame.addEventListener("keydown", (event) => this.#key(event));
		this.#host.frame.addEventListener("focusout", () => {
			// Somebody went elsewhere with the keyboard; where to is known only after the event.
			setTimeout(() => {
				if (
					this.isOpen &&
					!this.#host.frame.contains(this.#focused()) &&
					document.activeElement !== this.#field
				)
					this.close();
			});
		});
	}

	get isOpen(): boolean {
		return this.#host.isOpen;
	}

	get field(): Field | undefined {
		return this.#field;
	}

	holds(event: Event): boolean {
		return this.#host.holds(event);
	}

	/** Opens under a field; `into` says where the keyboard goes. Who has typed meanwhile, or gone on, has chosen. */
	async open(field: Field, place: Place, into: "menu" | "field"): Promise<void> {
		const kind = ITEM_OF[place.form.form.kind];
		this.#field = field;
		this.#place = place;
		const rows = await this.#rows(field, place, kind);
		if (this.#field !== field || !field.isConnected) return;
		if (into === "field" && (field.value !== "" || focused() !== field)) return this.close();
		this.#show(rows ?? [this.#locked()]);
		if (into === "menu") this.enter();
	}

	/** Puts the keyboard into it. */
	enter(): void {
		this.#buttons()[0]?.focus();
	}

	close(): void {
		this.#field = undefined;
		this.#host.hide();
	}

	/** Puts it under its field again, after the page scrolled. */
	follow(): void {
		const field = this.#field;
		if (!field || !this.isOpen) return;
		const { left, bottom, top, width, height } = field.getBoundingClientRect();
		if (width === 0 || height === 0 || bottom < 0 || top > innerHeight) {
			this.close();
			return;
		}
		const box = this.#host.box;
		const below = bottom + GAP;
		const above = top - GAP - box.height;
		const y = below + box.height > innerHeight && above > 0 ? above : below;
		this.#host.move(Math.round(Math.max(8, Math.min(left, innerWidth - box.width - 8))), Math.round(y));
	}

	#show(children: Node[]): void {
		const menu = draw("div", { class: "menu", role: "menu", "aria-label": this.#t("menu") }, ...children);
		this.#host.frame.replaceChildren(menu);
		const { left, bottom } = this.#field?.getBoundingClientRect() ?? { left: 0, bottom: 0 };
		this.#host.show(Math.round(left), Math.round(bottom + GAP), this.#field);
		this.follow();
	}

	async #rows(field: Field, place: Place, kind: Fillable): Promise<Node[] | undefined> {
		if (isNew(place.field)) {
			const password = await ask("suggested", { rules: rulesOf(field) });
			return password === undefined ? undefined : [this.#suggestion(password)];
		}
		const offers = await ask("offers", { kind });
		if (!offers) return undefined;
		const passkeys = kind === "login" ? ((await ask("waiting", {})) ?? []) : [];
		const rows = passkeys.map((passkey) => this.#passkey(passkey));
		// That there is no login is worth no line where there is a passkey.
		return rows.length > 0 && offers.items.length === 0 ? rows : [...rows, ...this.#listed(offers, kind)];
	}

	#passkey({ name, ...passkey }: OfferedPasskey): HTMLElement {
		return this.#row(drawing(PASSKEY), name, this.#t("passkey"), () => {
			this.close();
			void ask("sign", passkey);
		});
	}

	#listed({ items, imitates }: Offers, kind: Fillable): Node[] {
		if (imitates !== undefined) {
			return [draw("p", { class: "warning wax", role: "alert" }, this.#t("imitates", { host: imitates }))];
		}
		if (items.length === 0) {
			const none = kind === "card" ? "none_card" : kind === "identity" ? "none_identity" : "none";
			return [draw("p", { class: "note" }, this.#t(none))];
		}
		return items.map((item) => this.#entry(item, kind));
	}

	#entry(item: Offered, kind: Fillable): HTMLElement {
		const letter = (item.name || item.host).trim().slice(0, 1).toUpperCase();
		const picture = kind === "login" ? letter : drawing(kind === "card" ? CARD : PERSON);
		return this.#row(picture, item.name || item.host, item.detail || item.host, () => {
			if (item.caution === undefined) void this.#fill(item.id, undefined);
			else this.#warn(item, item.caution);
		});
	}

	#locked(): HTMLElement {
		return this.#row(drawing(LOCK), this.#t("unlock"), this.#t("unlock_why"), () => {
			this.close();
			void ask("open", {});
		});
	}

	#suggestion(password: string): HTMLElement {
		const detail = draw("span", { class: "secret", translate: "no" }, password);
		return this.#row(drawing(KEY), this.#t("suggest"), detail, () => void this.#take(password));
	}

	#row(picture: Node | string, name: string, detail: Node | string, act: () => void): HTMLElement {
		const row = draw(
			"button",
			{ class: "entry", role: "menuitem", type: "button", tabindex: "-1" },
			draw("span", { class: "letter", "aria-hidden": "true" }, picture),
			draw("span", { class: "name" }, name),
			draw("span", { class: "detail" }, detail),
		);
		this.#whenPressed(row, act);
		return row;
	}

	/** What is odd about the page is said first; only then is there a button that fills. */
	#warn(item: Offered, caution: Caution): void {
		const choice = (text: string, act: () => void) => {
			const button = draw("button", { role: "menuitem", type: "button", tabindex: "-1" }, text);
			this.#whenPressed(button, act);
			return button;
		};
		const choices = [
			choice(this.#t("leave"), () => this.#leave()),
			choice(this.#t("fill_anyway"), () => void this.#fill(item.id, caution)),
		];
		const said = draw("p", { class: "warning", role: "alert" }, this.#t(caution, { host: location.host }));
		this.#show([said, draw("div", { class: "row choices", role: "none" }, ...choices)]);
		this.enter();
	}

	async #fill(id: string, despite: Caution | undefined): Promise<void> {
		const place = this.#place;
		this.close();
		if (place) await this.#lent.fillForm(place.form, { id, despite });
	}

	async #take(password: string): Promise<void> {
		const place = (this.#field && this.#lent.placeOf(this.#field)) ?? this.#place; // it may be another since the menu opened
		this.close();
		if (place && (await ask("taken", { password }))) this.#lent.fillNew(place.form, password);
	}

	#whenPressed(button: HTMLElement, act: () => void): void {
		button.addEventListener("click", (event) => {
			event.preventDefault();
			if (this.#host.isGenuine(event)) act();
		});
		// The field keeps the keyboard where the pointer is used.
		button.addEventListener("pointerdown", (event) => event.preventDefault());
		button.addEventListener("mousedown", (event) => event.preventDefault());
	}

	#key(event: KeyboardEvent): void {
		if (!event.isTrusted) return;
		const buttons = this.#buttons();
		const at = buttons.indexOf(this.#focused() as HTMLElement);
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
		if (to !== undefined) {
			event.preventDefault();
			buttons.at(to % buttons.length)?.focus();
		} else if (event.key === "Escape" || event.key === "Tab") {
			event.preventDefault();
			this.#leave();
		}
	}

	/** Back into the field, which stays as it is. */
	#leave(): void {
		const field = this.#field;
		this.close();
		field?.focus();
	}

	#buttons(): HTMLElement[] {
		return [...this.#host.frame.querySelectorAll<HTMLElement>("button")];
	}

	#focused(): Element | null {
		const root = this.#host.frame.getRootNode();
		return root instanceof ShadowRoot ? root.activeElement : null;
	}
}

/** What a site says of its passwords, in one: the attribute and the lengths that its field takes. */
function rulesOf(field: Field): string {
	const { minLength = -1, maxLength = -1 } = field instanceof HTMLSelectElement ? {} : field;
	const rules = [
		minLength > 0 && `minlength: ${minLength}`,
		maxLength > 0 && `maxlength: ${maxLength}`,
		field.getAttribute("passwordrules"), // however long, or broken, it is
	];
	return rules.filter(Boolean).join("; ");
}
