import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { secretField } from "../../ui/field.ts";
import { seal } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import { derive } from "../derive.ts";
import { go, stands } from "../events.ts";
import { openDanger } from "../open.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";

/** The master password opens the vault; also one that was just brought back. */
@customElement("sg-unlock")
export class Unlock extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.page {
				max-inline-size: 24rem;
				padding-block-start: var(--s7);
			}
			.head {
				display: grid;
				gap: var(--s3);
				justify-items: center;
				text-align: center;
			}
			.forgot {
				text-align: center;
			}
		`,
	];

	@state() private accessor password = "";
	@state() private accessor missing = false;
	private stop: AbortController | undefined;

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.stop?.abort();
		this.password = "";
	}

	private get unanchored(): boolean {
		return this.status.vault.state === "open" && this.status.vault.unanchored;
	}

	override render(): TemplateResult {
		const { vault } = this.status;
		const name = vault.state === "locked" || vault.state === "open" ? vault.name : "";
		return html`<form class="page" @submit=${this.submit} novalidate>
			<div class="head">
				${seal(72)}
				<h1 tabindex="-1">${this.unanchored ? t("unlock_anchor_title") : t("unlock_title", { name })}</h1>
				${this.unanchored ? html`<p class="soft">${t("unlock_anchor_text")}</p>` : nothing}
			</div>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					value: this.password,
					autocomplete: "current-password",
					first: true,
					disabled: this.busy,
					input: (value) => {
						this.password = value;
						this.missing = false;
						this.failure = undefined;
					},
					error: this.missing ? t("unlock_password_missing") : this.failure,
				},
				"what_master_password",
			)}
			${this.busy ? this.progress() : this.submitRow()} ${this.forgot()} ${this.waysOn()}
		</form>`;
	}

	private progress(): TemplateResult {
		return html`<div class="stack tight">
			<div class="stack tight" role="status">
				<progress aria-label=${t("deriving")}></progress>
				<p>${t("deriving")}</p>
				<p class="hint">${t("deriving_why")}</p>
			</div>
			<button type="button" @click=${() => this.stop?.abort()}>${t("cancel")}</button>
		</div>`;
	}

	private submitRow(): TemplateResult {
		const text = this.unanchored ? t("unlock_anchor_submit") : t("unlock_submit");
		return html`<button class="primary wide" type="submit">${text}</button>`;
	}

	private forgot(): TemplateResult | typeof nothing {
		if (this.unanchored) return nothing;
		const open = () => openDanger("reset_master_password", this.status);
		return html`<p class="forgot">
			<button type="button" class="link" @click=${open}>${t("link_reset_master_password")}</button>
		</p>`;
	}

	private waysOn(): TemplateResult {
		const link = (purpose: "clear_this_device" | "restore", text: string) =>
			html`<button type="button" class="link" @click=${() => openDanger(purpose, this.status)}>${text}</button>`;
		return html`<details>
			<summary>${t("unlock_more")}</summary>
			<div class="stack tight">
				<p class="hint">${t("unlock_more_text")}</p>
				${link("clear_this_device", t("link_clear_this_device"))}
				${link("restore", t("restore_link"))}
			</div>
		</details>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.missing = this.password === "";
		if (this.missing) return;
		const stop = new AbortController();
		this.stop = stop;
		const status = await this.attempt(async () => {
			const root = await derive(await call("derivation"), this.password, stop.signal);
			const { lockAfter } = await settings();
			performance.mark("sigill-unlock");
			return call("unlock", { root, lockAfter });
		});
		if (status) {
			this.password = "";
			stands(this, status);
			if (location.hash === "#unlock") go(this, VAULT);
			return;
		}
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLInputElement>("#password")?.select();
	}
}
