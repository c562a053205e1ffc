import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import { Screen } from "../screen.ts";
import { dangerSheet } from "./sheet.ts";
import { begin, turn } from "./step.ts";

/** A forgotten master password: the whole way, before its first step. */
@customElement("sg-way")
export class Way extends Screen {
	static override styles = [
		...Screen.styles,
		dangerSheet,
		css`
			ol {
				display: grid;
				gap: var(--s3);
				padding: 0;
				list-style: none;
				counter-reset: step;
			}
			ol > li {
				display: grid;
				grid-template-columns: 2rem minmax(0, 1fr);
				gap: var(--s1) var(--s3);
				align-items: start;
				counter-increment: step;
			}
			/* Beside its number. */
			ol > li > :first-child {
				padding-block-start: 0.3rem;
			}
			ol > li::before {
				content: counter(step);
				display: grid;
				place-items: center;
				block-size: 2rem;
				border-radius: 50%;
				background: var(--accent-soft);
				color: var(--accent);
				font: 600 var(--text-m) / 1 var(--sans);
			}
			ol > li > :not(:first-child) {
				grid-column: 2;
				justify-self: start;
			}
			.gone > span {
				display: flex;
				gap: var(--s2);
				align-items: start;
				color: var(--ink-soft);
			}
		`,
	];

	private get connected(): boolean {
		const { vault } = this.status;
		return (vault.state === "locked" || vault.state === "open") && vault.connected;
	}

	/** Signed out, nothing can be proved to the account. */
	private get waits(): boolean {
		return this.connected && this.status.account === undefined;
	}

	/** What is asked for last. */
	private get last(): Key {
		if (!this.connected) return "way_phrase";
		return this.status.sync.state === "off" ? "way_proofs" : "way_code";
	}

	override render(): TemplateResult {
		return html`<div class="page"><div class="sheet">
			<div class="stack tight">
				<h1 tabindex="-1">${t("way_title")}</h1>
				<p class="soft">${t("way_text")}</p>
			</div>
			<p class="notice">${t("way_before")}</p>
			${this.recovery()}
			<div class="stack">
				<h2 class="label" id="steps">${t("way_steps")}</h2>
				<ol aria-labelledby="steps">
					${this.connected ? this.signIn() : nothing}
					<li><span>${t("way_loss")}</span></li>
					<li><span>${t("way_password")}</span></li>
					<li><span>${t(this.last)}</span></li>
				</ol>
			</div>
			<div class="actions">
				<button class=${this.waits ? "" : "primary"} @click=${() => turn(this, { step: "kept" })}>
					${t("keep_everything")}
				</button>
				<button ?disabled=${this.waits} @click=${() => begin(this, { act: "reset_master_password" })}>
					${t("way_go")}
				</button>
			</div>
		</div></div>`;
	}

	/** The code on paper loses nothing: it comes before everything else. */
	private recovery(): TemplateResult | typeof nothing {
		const { vault } = this.status;
		if (vault.state !== "locked" || !vault.recovery) return nothing;
		const address = chrome.runtime.getURL("extension/pages/app.html#unlock");
		return html`<div class="notice good stack tight">
			<p>${t("way_recovery")}</p>
			<p><a href=${address}>${t("recovery_use")}</a></p>
		</div>`;
	}

	private signIn(): TemplateResult {
		const { account } = this.status;
		if (account) {
			return html`<li class="gone">
				<span>${icon("done")} ${t("way_signed_in", { email: account.email })}</span>
			</li>`;
		}
		const address = chrome.runtime.getURL("extension/pages/app.html#connect");
		return html`<li>
			<span>${t("way_sign_in")}</span>
			<p class="hint">${t("way_sign_in_text")}</p>
			<a class="button primary" href=${address} target="_blank">${t("way_sign_in_do")}</a>
		</li>`;
	}
}
