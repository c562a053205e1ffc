import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { secretField } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { KeptPasskeys } from "../kept-passkeys.ts";
import { hasCode, heldCode, NewRecovery, putAway } from "../recovery.ts";
import { Screen } from "../screen.ts";
import "../sheet.ts";
import { VAULT } from "../view.ts";

/** The sheet of the code that was just made; else the way to a new one, for whoever knows the master password. */
@customElement("sg-recovery")
export class Recovery extends Screen {
	private readonly deriving = new Deriving(this);
	@state() private accessor password = "";
	@state() private accessor tried = false;
	private readonly passkeys = new KeptPasskeys(this, () => this.status);
	private readonly recovery = new NewRecovery(this, () => this.exists);

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
	}

	private get exists(): boolean {
		return hasCode(this.status);
	}

	override render(): TemplateResult {
		const code = heldCode();
		return code === undefined ? this.form() : this.sheet(code);
	}

	private sheet(code: string): TemplateResult {
		const { vault, account } = this.status;
		const done = () => {
			putAway();
			say(this, { text: t("recovery_kept") });
			go(this, VAULT);
		};
		return html`<div class="page">
			<sg-sheet
				.code=${code}
				.name=${vault.state === "open" ? vault.name : ""}
				.email=${account?.email ?? ""}
				.service=${account?.service ?? ""}
				@sheet-done=${done}
			></sg-sheet>
		</div>`;
	}

	private form(): TemplateResult {
		return html`<form class="page" @submit=${this.submit} novalidate>
			<div class="stack tight">
				<h1 tabindex="-1">${t("recovery_title")}</h1>
				<p class="soft">${t("recovery_make_text")}</p>
			</div>
			<p class="notice ${this.exists ? "amber" : ""}">${t(this.exists ? "recovery_exists" : "recovery_none")}</p>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					hint: t("recovery_why_password"),
					value: this.password,
					autocomplete: "current-password",
					first: true,
					disabled: this.busy,
					input: (value) => {
						this.password = value;
						this.failure = undefined;
					},
					error:
						this.failure ?? (this.tried && this.password === "" ? t("unlock_password_missing") : undefined),
				},
				"what_master_password",
			)}
			${this.passkeys.render(this.busy)} ${this.busy ? this.deriving.render() : this.submitRow()}
		</form>`;
	}

	private submitRow(): TemplateResult {
		return html`<div class="actions">
			<button class="primary" type="submit">${t(this.exists ? "recovery_renew" : "recovery_make")}</button>
			<button type="button" @click=${() => go(this, { view: "settings" })}>${t("cancel")}</button>
		</div>`;
	}

	/** The same master password under new keys: whatever code there was stops working. */
	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		if (this.password === "") return;
		const status = await this.attempt(async () => {
			const old = await this.deriving.root(await call("derivation"), this.password);
			const derivation = await call("newDerivation");
			const root = await this.deriving.root(derivation, this.password);
			const { lockAfter } = await settings();
			const recovery = await this.recovery.code();
			const passkeys = this.passkeys.made;
			return call("changeMasterPassword", { old, root, derivation, recovery, passkeys, lockAfter });
		});
		if (!status) return;
		this.password = "";
		this.recovery.hold();
		stands(this, status);
		this.requestUpdate();
	}
}
