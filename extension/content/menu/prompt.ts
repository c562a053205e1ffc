/** Asks whether to save what a person sent. */
import { ask } from "../ask.ts";
import type { Looks, Pending } from "../messages.ts";
import { draw, seal } from "./draw.ts";
import { Host } from "./host.ts";
import type { Lent } from "./lent.ts";
import { texts } from "./texts.ts";

const EDGE = 12;
const SAID_MS = 6000;

export class Prompt {
	readonly #host: Host;
	readonly #looks: Looks;

	constructor(looks: Looks, lent: Lent) {
		this.#looks = looks;
		this.#host = new Host(looks, lent, "asks");
	}

	get isOpen(): boolean {
		return this.#host.isOpen;
	}

	show({ at, savable, host, name, userName, isOfSite }: Pending): void {
		const t = texts(this.#looks);
		const title = savable === "update" ? t("update_title", { name }) : t("save_title", { host });
		const card = draw(
			"section",
			{ class: "card", role: "dialog", "aria-label": title },
			draw("h2", {}, seal(), title),
			userName !== "" && draw("p", { class: "who" }, userName),
			draw(
				"p",
				{},
				t(savable === "locked" ? "save_locked" : savable === "update" ? "update_text" : "save_text"),
			),
			draw(
				"div",
				{ class: "row" },
				savable === "locked"
					? this.#button("main", t("unlock"), () => void ask("open", {}))
					: this.#button("main", t(savable === "update" ? "update" : "save"), () => this.#save(at)),
				this.#button("", t("not_now"), () => this.#drop(at, false)),
				savable !== "update" &&
					isOfSite &&
					this.#button("quiet", t("never_here"), () => this.#drop(at, true)),
			),
		);
		this.#place(card);
	}

	follow(): void {
		if (this.isOpen) this.#host.move(this.#left(), EDGE);
	}

	hide(): void {
		this.#host.hide();
	}

	#place(card: HTMLElement): void {
		this.#host.frame.replaceChildren(card);
		this.#host.show(0, EDGE, undefined);
		this.follow();
	}

	#left(): number {
		return Math.max(8, Math.round(document.documentElement.clientWidth - this.#host.box.width - EDGE));
	}

	#button(className: string, text: string, act: () => void): HTMLElement {
		const button = draw("button", { class: className, type: "button" }, text);
		button.addEventListener("click", (event) => {
			if (this.#host.isGenuine(event)) act();
		});
		return button;
	}

	async #save(at: number): Promise<void> {
		const saved = await ask("save", { at });
		const text = texts(this.#looks)(saved ? "saved" : "not_saved");
		this.#place(draw("section", { class: "card", role: "status" }, draw("p", { class: "who" }, text)));
		setTimeout(() => this.hide(), SAID_MS);
	}

	#drop(at: number, forever: boolean): void {
		this.hide();
		void ask("drop", { at, forever });
	}
}
