import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { makePermanent, settings } from "../../storage/index.ts";
import { problem, secretField } from "../../ui/field.ts";
import { day, type Key, moment, t } from "../../ui/text.ts";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";

/** Why a vault can leave its account by the master password alone. */
export type Reason = "silent" | "deleted" | "mistaken";

interface Way {
	readonly call: "leaveService" | "undoConnecting";
	readonly title: Key;
	readonly text: Key;
	readonly kind: string;
}

const WAYS: { readonly [R in Reason]: Way } = {
	silent: { call: "leaveService", title: "silent_title", text: "silent_text", kind: "notice amber" },
	deleted: { call: "leaveService", title: "deleted_title", text: "deleted_text", kind: "notice amber" },
	mistaken: { call: "undoConnecting", title: "untie_title", text: "untie_text", kind: "card" },
};

/** Takes the vault out of the account by its master password; nothing is erased. */
@customElement("sg-untie")
export class Untie extends Screen {
	@property() accessor how: Reason = "silent";
	/** Since when the service is silent, when the account went, or until when connecting can be taken back. */
	@property({ attribute: false }) accessor at = 0;
	@state() private accessor password = "";
	private readonly deriving = new Deriving(this);

	override render(): TemplateResult {
		const { title, text, kind } = WAYS[this.how];
		const when = this.how === "mistaken" ? moment(this.at) : day(this.at);
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
			${this.busy ? this.deriving.render() : html`<button type="submit" ?disabled=${this.password === ""}>${t("silent_leave")}</button>`}
		</form>`;
	}

	private readonly untie = async (event: Event): Promise<void> => {
		event.preventDefault();
		const status = await this.attempt(async () => {
			const root = await this.deriving.root(await call("derivation"), this.password);
			const { lockAfter } = await settings();
			const left = await call(WAYS[this.how].call, { root, lockAfter });
			await makePermanent(); // now it is here and nowhere else
			return left;
		});
		this.password = "";
		if (!status) return;
		stands(this, status);
		say(this, { text: t("silent_left") });
		go(this, VAULT);
	};
}
