import { html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { secretField } from "../../ui/field.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Connect } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { stands } from "../events.ts";
import { Screen } from "../screen.ts";

/** The vault here goes to an account: by its master password, which is tried on this device. */
@customElement("sg-bringing")
export class Bringing extends Screen {
	@property({ attribute: false }) accessor name: Key = "found_here_do";
	@property({ attribute: false }) accessor choice: Connect = "upload";
	@state() private accessor password = "";
	private readonly deriving = new Deriving(this);

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
	}

	override render(): TemplateResult {
		return html`<form class="stack" @submit=${this.bring} novalidate>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					hint: t("found_master_hint"),
					value: this.password,
					autocomplete: "current-password",
					first: true,
					disabled: this.busy,
					input: (value) => {
						this.password = value;
						this.failure = undefined;
					},
					error: this.failure,
				},
				"what_master_password",
			)}
			${
				this.busy
					? this.deriving.render()
					: html`<button type="submit" class="primary wide" ?disabled=${this.password === ""}>${t(this.name)}</button>`
			}
		</form>`;
	}

	private readonly bring = async (event: Event): Promise<void> => {
		event.preventDefault();
		const status = await this.attempt(async () => {
			const root = await this.deriving.root(await call("derivation"), this.password);
			return call("connect", this.choice, root);
		});
		if (!status) return;
		this.password = "";
		stands(this, status);
		this.dispatchEvent(new CustomEvent("sigill-brought"));
	};
}
