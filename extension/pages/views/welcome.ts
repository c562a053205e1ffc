import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon, seal } from "../../ui/icon.ts";
import { day, type Key, t } from "../../ui/text.ts";
import type { SignedIn, VaultState } from "../../wasm/sigill.js";
import { go, say, stands } from "../events.ts";
import { openDanger } from "../open.ts";
import { Screen } from "../screen.ts";

type Nothing = Extract<VaultState, { state: "none" }>;

/** This device holds no vault: begin, or take up what waits. */
@customElement("sg-welcome")
export class Welcome extends Screen {
	static override styles = [
		...Screen.styles,
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
			.ways {
				inline-size: 100%;
				text-align: start;
			}
			.way {
				display: flex;
				gap: var(--s4);
				align-items: center;
				inline-size: 100%;
				padding: var(--s4);
				text-align: start;
				justify-content: start;
				border-color: var(--line);
				background: var(--surface);
				border-radius: var(--round-l);
			}
			.way span {
				display: grid;
				gap: var(--s1);
				font-weight: 400;
				font-size: var(--text-s);
				color: var(--ink-soft);
			}
			.way b {
				font: 600 var(--text-m) / 1.3 var(--sans);
				color: var(--ink);
			}
			.way svg.icon {
				color: var(--accent);
				inline-size: 1.5rem;
				block-size: 1.5rem;
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
				${this.way("create", "vault", "welcome_create", "welcome_create_text")}
				${this.way("connect", "cloud", "welcome_connect", "welcome_connect_text")}
			</div>
			<button class="link" @click=${() => go(this, { view: "help" })}>${t("help_link")}</button>`;
	}

	private way(view: "create" | "connect", picture: "vault" | "cloud", name: Key, text: Key): TemplateResult {
		return html`<button class="way" aria-label=${t(name)} aria-describedby=${name} @click=${() => go(this, { view })}>
			${icon(picture)}<span><b>${t(name)}</b><span id=${name}>${t(text)}</span></span>
		</button>`;
	}

	private signedIn(vault: Nothing, account: SignedIn): TemplateResult {
		if (this.status.sync.state === "off") return this.off(account);
		const cleared = this.status.sync.state === "paused" && this.status.sync.reason === "cleared_here";
		const [title, text]: [Key, Key] = cleared
			? ["welcome_cleared_title", "welcome_cleared_text"]
			: vault.inCloud
				? ["welcome_cloud_title", "welcome_cloud_text"]
				: ["welcome_empty_title", "welcome_empty_text"];
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
			${restorableUntil === undefined ? nothing : t("welcome_restorable", { date: day(restorableUntil) })}
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
