import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { changeSettings, settings } from "../../storage/index.ts";
import { problem, secretField } from "../../ui/field.ts";
import { day, type Key, moment, t } from "../../ui/text.ts";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";

/** The ways out of an account that take the master password alone. */
export type Untying = "leaveService" | "undoConnecting";

const TEXTS: { readonly [U in Untying]: { title: Key; text: Key; button: Key; kind: string } } = {
	leaveService: { title: "silent_title", text: "silent_text", button: "silent_leave", kind: "notice amber" },
	undoConnecting: { title: "untie_title", text: "untie_text", button: "silent_leave", kind: "card" },
};

/** Takes the vault out of the account by its master password; nothing is erased. */
@customElement("sg-untie")
export class Untie extends Screen {
	@property() accessor how: Untying = "leaveService";
	/** Since when the service is silent, or until when connecting can be taken back. */
	@property({ attribute: false }) accessor at = 0;
	@state() private accessor password = "";
	private readonly deriving = new Deriving(this);

	override render(): TemplateResult {
		const { title, text, button, kind } = TEXTS[this.how];
		const when = this.how === "leaveService" ? day(this.at) : moment(this.at);
		return html`<form class="${kind} stack" @submit=${this.untie} aria-labelledby="untie" novalidate>
			<h2 id="untie">${t(title)}</h2>
			<p class="small">${t(text, { date: when })}</p>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					value: this.password,
					autocomplete: "current-password",
					disabled: this.busy,
					input: (value) => {
						this.password = value;
					},
				},
				"what_master_password",
			)}
			${problem(this.failure)}
			${this.busy ? this.deriving.render() : html`<button type="submit" ?disabled=${this.password === ""}>${t(button)}</button>`}
		</form>`;
	}

	private readonly untie = async (event: Event): Promise<void> => {
		event.preventDefault();
		const status = await this.attempt(async () => {
			const root = await this.deriving.root(await call("derivation"), this.password);
			const { lockAfter } = await settings();
			const left = await call(this.how, { root, lockAfter });
			await changeSettings({ temporary: false }); // now it is here and nowhere else
			return left;
		});
		this.password = "";
		if (!status) return;
		stands(this, status);
		say(this, { text: t("silent_left") });
		go(this, VAULT);
	};
}
