import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { type Choices, choices, keepChoices } from "../../storage/index.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Made, Refusal } from "../../wasm/page/sigill_page.js";
import { copyPlain, copySecret } from "../copy.ts";
import { Screen } from "../screen.ts";
import { type Mail, make } from "./make.ts";
import { addressOptions, passphraseOptions, passwordOptions, userNameOptions } from "./options.ts";
import { generatorSheet } from "./sheet.ts";
import { colored, strengthOf } from "./value.ts";

export type Kind = Choices["kind"];

/** What each kind is called: alone, inside a sentence, at its beginning, and on the button that takes it. */
const KINDS = {
	password: {
		name: "generator_password",
		what: "what_password",
		said: "said_password",
		use: "generator_use_password",
	},
	passphrase: {
		name: "generator_passphrase",
		what: "generator_what_passphrase",
		said: "generator_said_passphrase",
		use: "generator_use_passphrase",
	},
	user_name: {
		name: "generator_user_name",
		what: "what_username",
		said: "said_username",
		use: "generator_use_user_name",
	},
	sub_address: {
		name: "generator_sub_address",
		what: "generator_what_address",
		said: "generator_said_address",
		use: "generator_use_sub_address",
	},
} as const satisfies Record<Kind, Record<"name" | "what" | "said" | "use", Key>>;

const REFUSALS: Record<Refusal, Key> = {
	length: "generator_refused_length",
	no_letters: "generator_refused_no_letters",
	left_out: "generator_refused_no_letters",
	too_short: "generator_refused_too_short",
	narrow: "generator_refused_narrow",
	words: "generator_refused_words",
	address: "generator_refused_address",
	tag: "generator_refused_tag",
	randomness: "generator_refused_randomness",
	wish: "error_unknown",
};

declare global {
	interface HTMLElementEventMap {
		/** A value was taken, or copied. */
		"sigill-taken": CustomEvent<string>;
	}
}

/** Makes something, shows it and what it is worth, and lets it be made again otherwise. */
@customElement("sg-generate")
export class Generate extends Screen {
	static override styles = [...Screen.styles, generatorSheet];

	/** What can be made here; one of them is chosen where the last choice is none of them. */
	@property({ attribute: false }) accessor kinds: readonly Kind[] = [
		"password",
		"passphrase",
		"user_name",
		"sub_address",
	];
	/** `copy` leaves it at that; `use` hands it on instead. */
	@property({ attribute: false }) accessor purpose: "copy" | "use" = "copy";
	@property({ attribute: false }) accessor mail: Mail = { address: "", tag: "" };
	@state() private accessor chosen: Choices | undefined;
	@state() private accessor made: Made | undefined;
	private turn = 0;

	override connectedCallback(): void {
		super.connectedCallback();
		void this.begin();
	}

	/** What was made goes with the page that showed it. */
	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.turn += 1;
		this.made = undefined;
	}

	private async begin(): Promise<void> {
		const chosen = await choices();
		const [first = chosen.kind] = this.kinds;
		this.chosen = this.kinds.includes(chosen.kind) ? chosen : { ...chosen, kind: first };
		await this.again();
	}

	private readonly set = (changes: Partial<Choices>): void => {
		if (!this.chosen) return;
		this.chosen = { ...this.chosen, ...changes };
		void keepChoices(this.chosen);
		void this.again();
	};

	private readonly setMail = (changes: Partial<Mail>): void => {
		this.mail = { ...this.mail, ...changes };
		void this.again();
	};

	/** Only the last of several is shown: the first may still wait for its word list. */
	private readonly again = async (): Promise<void> => {
		if (!this.chosen) return;
		this.turn += 1;
		const { turn } = this;
		try {
			const made = await make(this.chosen, this.mail);
			if (turn === this.turn) this.made = made;
		} catch (thrown) {
			if (turn === this.turn) await this.failed(thrown);
		}
	};

	override render(): TemplateResult {
		const { chosen } = this;
		if (!chosen) return html`<p class="soft">${this.failure ?? t("loading")}</p>`;
		return html`<div class="stack">
			${this.kinds.length > 1 ? this.switch(chosen.kind) : nothing} ${this.result(chosen.kind)} ${problem(this.failure)}
			${this.options(chosen)}
		</div>`;
	}

	private switch(kind: Kind): TemplateResult {
		return html`<fieldset>
			<legend class="visually-hidden">${t("generator_kind")}</legend>
			<div class="choice kinds">
				${this.kinds.map(
					(one) =>
						html`<label>
							<input type="radio" name="kind" .checked=${one === kind} @change=${() => this.set({ kind: one })} />
							${t(KINDS[one].name)}
						</label>`,
				)}
			</div>
		</fieldset>`;
	}

	/** What nobody has typed yet is no fault of theirs. */
	private refusal(why: Refusal, n: number): TemplateResult {
		const text = t(REFUSALS[why], { n });
		const isDue = (why === "address" || why === "tag") && this.mail[why] === "";
		return isDue ? html`<p class="hint" role="status">${text}</p>` : html`${problem(text)}`;
	}

	private result(kind: Kind): TemplateResult {
		const { made } = this;
		const value = made && made.value !== null ? made : undefined;
		return html`<div class="card result">
			${
				made?.value === null
					? this.refusal(made.refused, made.least ?? 0)
					: html`<p class="value mono" role="group" aria-label=${t(KINDS[kind].name)} translate="no">${value ? colored(value.value) : nothing}</p>`
			}
			${value ? strengthOf(value) : nothing}
			<div class="actions">
				${
					kind === "sub_address"
						? nothing
						: html`<button type="button" @click=${this.again}>${icon("sync")}${t("generator_again")}</button>`
				}
				${
					this.purpose === "use"
						? html`<button type="button" class="primary" ?disabled=${!value} @click=${this.use}>
								${t(KINDS[kind].use)}
							</button>`
						: html`<button type="button" class="primary" ?disabled=${!value} @click=${this.copy}>
								${icon("copy")}${t("copy", { what: t(KINDS[kind].what) })}
							</button>`
				}
			</div>
		</div>`;
	}

	private options(chosen: Choices): TemplateResult {
		switch (chosen.kind) {
			case "password":
				return passwordOptions(chosen, this.set);
			case "passphrase":
				return passphraseOptions(chosen, this.set);
			case "user_name":
				return userNameOptions(chosen, this.set);
			case "sub_address":
				return addressOptions(this.mail, this.setMail);
		}
	}

	private readonly copy = async (): Promise<void> => {
		const { made, chosen } = this;
		if (!chosen || !made || made.value === null) return;
		const said = t(KINDS[chosen.kind].said);
		await (made.strength === null ? copyPlain : copySecret)(this, said, made.value);
		await this.taken(made.value);
	};

	private readonly use = async (): Promise<void> => {
		if (this.made && this.made.value !== null) await this.taken(this.made.value);
	};

	/** It is remembered before it is handed on: whoever takes it may be gone before it is saved. */
	private async taken(value: string): Promise<void> {
		await this.attempt(() => call("drawn", "keep", value));
		this.dispatchEvent(new CustomEvent("sigill-taken", { detail: value, bubbles: true, composed: true }));
	}
}
