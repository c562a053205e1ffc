import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { problem, secretField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { passkeysOf } from "../kept-passkeys.ts";
import { isOwn, Touch } from "../passkey.ts";
import { Screen } from "../screen.ts";
import { touching } from "../touching.ts";

declare global {
	interface HTMLElementEventMap {
		/** The person showed that it is they. */
		"sigill-verified": CustomEvent<Status>;
	}
}

/** Opens the vault, or opens it anew: by the master password, or by this device. */
@customElement("sg-verify")
export class Verify extends Screen {
	/** What the button does. */
	@property() accessor act = "";
	@state() private accessor password = "";
	@state() private accessor missing = false;
	/** What went wrong with the device's own lock is said at its button. */
	@state() private accessor untouched: string | undefined;
	private readonly deriving = new Deriving(this);
	private readonly touch = new Touch(this);

	override render(): TemplateResult {
		return html`<form class="stack" @submit=${this.submit} novalidate>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					autocomplete: "current-password",
					error: this.missing ? t("unlock_password_missing") : this.failure,
					value: this.password,
					first: true,
					disabled: this.busy,
					input: (value) => {
						this.password = value;
						this.missing = false;
						this.failure = undefined;
					},
				},
				"what_master_password",
			)}
			${this.busy ? this.working() : html`<button class="primary wide" type="submit">${this.act}</button>`} ${this.byDevice()}
		</form>`;
	}

	private working(): TemplateResult {
		return this.touch.waits ? touching(this.touch.cancel) : this.deriving.render();
	}

	private byDevice(): TemplateResult | typeof nothing {
		if (this.busy || !passkeysOf(this.status).some(isOwn)) return nothing;
		return html`<div class="stack tight">
			<button type="button" class="wide" @click=${this.touched}>${icon("passkey")}${t("site_passkey_by_device")}</button>
			${problem(this.untouched, "device-problem")}
		</div>`;
	}

	private readonly touched = async (): Promise<void> => {
		this.untouched = undefined;
		const status = await this.attempt(async () => {
			const { slot, root } = await this.touch.open(passkeysOf(this.status).filter(isOwn));
			const { lockAfter } = await settings();
			return call("unlockByPasskey", { slot, root, lockAfter });
		});
		if (status) this.verified(status);
		else [this.untouched, this.failure] = [this.failure, undefined];
	};

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.missing = this.password === "";
		if (this.missing) return;
		const status = await this.attempt(async () => {
			const { lockAfter } = await settings();
			const root = await this.deriving.root(await call("derivation"), this.password);
			return call("unlock", { root, lockAfter });
		});
		if (status) {
			this.password = "";
			this.verified(status);
			return;
		}
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLInputElement>("#password")?.select();
	}

	private verified(detail: Status): void {
		this.dispatchEvent(new CustomEvent("sigill-verified", { detail }));
	}
}
