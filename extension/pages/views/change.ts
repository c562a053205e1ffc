import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { problem, secretField } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { failedWith, failureText } from "../failure.ts";
import { KeptPasskeys } from "../kept-passkeys.ts";
import { NewPassword, newPasswordSheet } from "../new-password.ts";
import { hasCode, NewRecovery } from "../recovery.ts";
import { Screen } from "../screen.ts";

/** Another master password, for whoever knows the one that the vault has. */
@customElement("sg-change")
export class Change extends Screen {
	static override styles = [...Screen.styles, newPasswordSheet];

	private readonly deriving = new Deriving(this);
	@state() private accessor old = "";
	@state() private accessor tried = false;
	@state() private accessor wrong: string | undefined;
	private readonly chosen = new NewPassword(this, () => [this.name], { label: "change_new" });
	private readonly passkeys = new KeptPasskeys(this, () => this.status);
	private readonly recovery = new NewRecovery(this, () => hasCode(this.status));

	private get name(): string {
		const { vault } = this.status;
		return vault.state === "open" ? vault.name : "";
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.old = "";
	}

	override render(): TemplateResult {
		return html`<form class="page" @submit=${this.submit} novalidate>
			<div class="stack tight">
				<h1 tabindex="-1">${t("change_title")}</h1>
				<p class="soft">${t("change_text")}</p>
			</div>
			${secretField(
				{
					id: "old",
					label: t("change_old"),
					value: this.old,
					autocomplete: "current-password",
					disabled: this.busy,
					input: (value) => {
						this.old = value;
						this.wrong = undefined;
					},
					error: this.wrong ?? (this.tried && this.old === "" ? t("unlock_password_missing") : undefined),
				},
				"what_master_password",
			)}
			${this.chosen.fields(this.busy)}
			${this.recovery.render(this.busy)} ${this.passkeys.render(this.busy)}
			${this.chosen.weakness()} ${problem(this.failure)} ${this.busy ? this.deriving.render() : this.submitRow()}
		</form>`;
	}

	private submitRow(): TemplateResult {
		return html`<div class="actions">
			<button class="primary" type="submit" ?disabled=${this.chosen.barred}>${t("change_submit")}</button>
			<button type="button" @click=${() => go(this, { view: "settings" })}>${t("cancel")}</button>
		</div>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		if (!this.chosen.check() || this.old === "") return;
		const status = await this.attempt(async () => {
			const old = await this.deriving.root(await call("derivation"), this.old);
			const derivation = await call("newDerivation");
			const root = await this.deriving.root(derivation, this.chosen.password);
			const { lockAfter } = await settings();
			const recovery = await this.recovery.code();
			const passkeys = this.passkeys.made;
			return call("changeMasterPassword", { old, root, derivation, recovery, passkeys, lockAfter });
		});
		if (!status) return;
		this.old = "";
		this.chosen.forget();
		const sheet = this.recovery.hold();
		stands(this, status);
		say(this, { text: t("change_done") });
		go(this, { view: sheet ? "recovery" : "settings" });
	}

	/** What is wrong with the old one is said there. */
	protected override async failed(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "wrong_master_password")) this.wrong = failureText(thrown);
		else await super.failed(thrown);
	}
}
