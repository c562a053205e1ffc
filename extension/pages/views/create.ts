import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { makePermanent, settings } from "../../storage/index.ts";
import { problem, textField } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { go, stands } from "../events.ts";
import { NewPassword, newPasswordSheet } from "../new-password.ts";
import { heldCode, NewRecovery, showSheet } from "../recovery.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";

/** A new vault: its name, its master password, and what nobody can recover. */
@customElement("sg-create")
export class Create extends Screen {
	static override styles = [...Screen.styles, newPasswordSheet];

	private readonly deriving = new Deriving(this);
	@state() private accessor name = "";
	@state() private accessor tried = false;
	private readonly chosen = new NewPassword(this, () => [this.name]);
	private readonly recovery = new NewRecovery(this, () => false);

	override connectedCallback(): void {
		super.connectedCallback();
		this.name ||= t("create_name_value");
	}

	override render(): TemplateResult {
		return html`<form class="page" @submit=${this.submit} novalidate>
			<h1 tabindex="-1">${t("create_title")}</h1>
			${textField({
				id: "name",
				label: t("create_name"),
				hint: t("create_name_hint"),
				value: this.name,
				input: (value) => {
					this.name = value;
				},
				error: this.tried && this.name.trim() === "" ? t("create_name_missing") : undefined,
			})}
			${this.chosen.fields()}
			${this.recovery.render(this.busy)}
			${this.chosen.weakness()} ${problem(this.failure)} ${this.busy ? this.deriving.render() : this.submitRow()}
		</form>`;
	}

	private submitRow(): TemplateResult {
		return html`<div class="actions">
			<button class="primary" type="submit" ?disabled=${this.chosen.barred}>${t("create_submit")}</button>
		</div>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const name = this.name.trim();
		if (!this.chosen.check() || name === "") return;
		const status = await this.attempt(async () => {
			const derivation = await call("newDerivation");
			const root = await this.deriving.root(derivation, this.chosen.password);
			const { lockAfter } = await settings();
			// A vault of no account is nowhere else: it stays, whatever a sign-in before said.
			if (!this.status.account) await makePermanent();
			const recovery = await this.recovery.code();
			const created = await call("createVault", { name, root, derivation, recovery, lockAfter });
			if (this.recovery.hold()) showSheet();
			return this.upload(created, root);
		});
		if (!status) return;
		this.chosen.forget();
		stands(this, status);
		if (heldCode() === undefined) go(this, VAULT);
	}

	/** Whoever signed in first meant the cloud too. */
	private async upload(status: Status, root: string): Promise<Status> {
		const open = status.vault.state === "open" ? status.vault : undefined;
		if (!status.account || !open || open.connected) return status;
		return call("connect", "upload", root);
	}
}
