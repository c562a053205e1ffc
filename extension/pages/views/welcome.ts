import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { seal } from "../../ui/icon.ts";
import { type Key, moment, t } from "../../ui/text.ts";
import type { SignedIn, VaultState } from "../../wasm/sigill.js";
import { go, say, stands } from "../events.ts";
import { openDanger } from "../open.ts";
import { Screen } from "../screen.ts";
import { way, waysSheet } from "../ways.ts";

type Nothing = Extract<VaultState, { state: "none" }>;

/** This device holds no vault: begin, or take up what waits. */
@customElement("sg-welcome")
export class Welcome extends Screen {
	static override styles = [
		...Screen.styles,
		waysSheet,
		css`
			.page {
				justify-items: center;
				text-align: center;
				padding-block-start: var(--s6);
				max-inline-size: 30rem;
			}
			h1 {
				font-size: var(--text-xxl);
			}
		`,
	];

	override render(): TemplateResult {
		const { vault, account } = this.status;
		const nothingHere: Nothing =
			vault.state === "none" ? vault : { state: "none", inCloud: false, restorableUntil: undefined };
		return html`<div class="page">
			${seal(72)}
			${account ? this.signedIn(nothingHere, account) : this.fresh()}
			${problem(this.failure)}
			${this.restorable(nothingHere)}
		</div>`;
	}

	private fresh(): TemplateResult {
		return html`<div class="stack tight">
				<h1 tabindex="-1">${t("welcome_title")}</h1>
				<p class="soft">${t("welcome_text")}</p>
			</div>
			<div class="ways stack">
				${way(this, { view: "create" }, "vault", { name: "welcome_create", text: "welcome_create_text" })}
				${way(this, { view: "connect" }, "cloud", { name: "welcome_connect", text: "welcome_connect_text" })}
			</div>
			<button class="link" @click=${() => go(this, { view: "help", topic: "locked" })}>${t("help_link")}</button>`;
	}

	private signedIn(vault: Nothing, account: SignedIn): TemplateResult {
		if (this.status.sync.state === "off") return this.off(account);
		const cleared = this.status.sync.state === "paused" && this.status.sync.reason === "cleared_here";
		const empty = this.status.sync.state === "offline" ? "welcome_unreached_text" : "welcome_empty_text";
		const [title, text]: [Key, Key] = cleared
			? ["welcome_cleared_title", "welcome_cleared_text"]
			: vault.inCloud
				? ["welcome_cloud_title", "welcome_cloud_text"]
				: ["welcome_empty_title", empty];
		return html`<div class="stack tight">
				<h1 tabindex="-1">${t(title)}</h1>
				<p class="soft">${t(text, { email: account.email })}</p>
			</div>
			<div class="ways stack">
				${
					vault.inCloud || cleared
						? html`<button class="primary" ?disabled=${this.busy} @click=${this.download}>
								${t(cleared ? "welcome_download_again" : "welcome_download")}
							</button>`
						: html`<button class="primary" @click=${() => go(this, { view: "create" })}>
								${t("welcome_create")}
							</button>`
				}
				<button ?disabled=${this.busy} @click=${this.signOut}>${t("account_sign_out")}</button>
			</div>`;
	}

	private off({ email }: SignedIn): TemplateResult {
		return html`<div class="stack tight">
				<h1 tabindex="-1">${t("welcome_off_title")}</h1>
				<p class="soft">${t("welcome_off_text", { email })}</p>
			</div>
			<div class="ways stack">
				<button class="primary" @click=${() => openDanger("turn_sync_on", this.status)}>${t("sync_turn_on")}</button>
				<button @click=${() => go(this, { view: "create" })}>${t("welcome_create")}</button>
				<button ?disabled=${this.busy} @click=${this.signOut}>${t("account_sign_out")}</button>
			</div>`;
	}

	private restorable({ restorableUntil }: Nothing): TemplateResult | typeof nothing {
		if (restorableUntil === undefined && !this.status.account) return nothing;
		return html`<p class="small soft">
			${restorableUntil === undefined ? nothing : t("welcome_restorable", { date: moment(restorableUntil) })}
			<button class="link" @click=${() => openDanger("restore", this.status)}>
				${restorableUntil === undefined ? t("restore_link") : t("welcome_restore")}
			</button>
		</p>`;
	}

	private async download(): Promise<void> {
		const status = await this.attempt(() => call("connect", "download", undefined));
		if (status) stands(this, status);
	}

	private async signOut(): Promise<void> {
		const status = await this.attempt(() => call("signOut"));
		if (!status) return;
		stands(this, status);
		say(this, { text: t("account_signed_out") });
	}
}
