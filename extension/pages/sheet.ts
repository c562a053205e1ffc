import { css, html, LitElement, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base, notices } from "../ui/base.ts";
import { buttons, fields } from "../ui/controls.ts";
import { textField } from "../ui/field.ts";
import { icon, seal } from "../ui/icon.ts";
import { day, type Key, t } from "../ui/text.ts";

const LAST = 4;

const RELATIVES: readonly Key[] = ["sheet_relatives", "help_relatives_operator", "help_relatives_mail"];

/** The emergency sheet: the recovery code on paper, for its owner and for those who stay behind. */
@customElement("sg-sheet")
export class Sheet extends LitElement {
	static override styles = [
		base,
		buttons,
		fields,
		notices,
		css`
			.paper {
				display: grid;
				gap: var(--s4);
				padding: var(--s5);
				border: var(--hairline) solid var(--line);
				border-radius: var(--round-l);
				background: var(--surface);
			}
			.head {
				display: flex;
				gap: var(--s3);
				align-items: center;
			}
			.code {
				display: grid;
				grid-template-columns: repeat(3, max-content);
				gap: var(--s2) var(--s5);
				justify-content: center;
				padding: var(--s4) 0;
				margin: 0;
				border-block: var(--hairline) solid var(--line);
				font: 600 var(--text-l) / 1.4 var(--mono);
				letter-spacing: 0.06em;
			}
			dl {
				display: grid;
				grid-template-columns: max-content minmax(0, 1fr);
				gap: var(--s1) var(--s4);
				font-size: var(--text-s);
			}
			dt {
				color: var(--ink-soft);
			}
			dd {
				overflow-wrap: anywhere;
			}
			ol,
			ul {
				display: grid;
				gap: var(--s2);
				padding-inline-start: var(--s5);
				list-style: decimal;
			}
			ul {
				list-style: disc;
			}
			/* Room to write in. */
			.lines {
				min-block-size: 4rem;
				border-block-end: var(--hairline) solid var(--line-strong);
			}
			@media print {
				.screen {
					display: none;
				}
				/* One page of A4 or letter, to be read without glasses. */
				.paper {
					border: 0;
					padding: 0;
					background: none;
					gap: var(--s3);
					break-inside: avoid;
				}
				.small,
				dt,
				dd {
					font-size: 10.5pt;
				}
				h3 {
					margin-block-start: var(--s2);
					font-size: 11.5pt;
				}
				.code {
					padding: var(--s3) 0;
					font-size: 16pt;
				}
			}
		`,
	];

	@property() accessor code = "";
	@property() accessor name = "";
	@property() accessor email = "";
	@property() accessor service = "";
	/** What stands above it on the screen. */
	@property() accessor heading = "";
	@state() private accessor typed = "";
	@state() private accessor tried = false;

	/** It is what the page is about from now on. */
	protected override firstUpdated(): void {
		this.renderRoot.querySelector("h1")?.focus();
	}

	override render(): TemplateResult {
		return html`<form class="stack loose" @submit=${this.done} novalidate>
			<div class="screen stack tight">
				<h1 tabindex="-1">${this.heading || t("recovery_title")}</h1>
				<p class="soft">${t("recovery_once")}</p>
			</div>
			${this.paper()}
			<div class="screen stack">
				<div class="actions">
					<button type="button" class="primary" @click=${() => window.print()}>
						${icon("print")}${t("recovery_print")}
					</button>
				</div>
				${textField({
					id: "last",
					label: t("recovery_check"),
					hint: t("recovery_check_hint"),
					value: this.typed,
					input: (value) => {
						this.typed = value;
						this.tried = false;
					},
					error: this.tried ? t("recovery_check_differs") : undefined,
				})}
				<div class="actions">
					<button type="button" class="link" @click=${this.close}>${t("recovery_later")}</button>
					<button type="submit">${t("recovery_have_it")}</button>
				</div>
			</div>
		</form>`;
	}

	private paper(): TemplateResult {
		const groups = this.code.split("-");
		const row = (name: string, value: string) => html`<dt>${name}</dt><dd>${value}</dd>`;
		return html`<section class="paper" aria-labelledby="paper">
			<div class="head">${seal(40)}<h2 id="paper">${t("sheet_title")}</h2></div>
			<div class="code" role="group" aria-label=${t("recovery_code")}>
				${groups.map((group) => html`<span>${group}</span>`)}
			</div>
			<dl>
				${row(t("sheet_vault"), this.name)} ${this.email ? row(t("sheet_account"), this.email) : ""}
				${this.email ? row(t("sheet_service"), this.service) : ""} ${row(t("sheet_made"), day(Date.now() / 1000))}
			</dl>
			<h3>${t("sheet_open")}</h3>
			<ol class="small">${this.steps().map((key) => html`<li>${t(key)}</li>`)}</ol>
			<h3>${t("sheet_relatives_title")}</h3>
			<ul class="small">${RELATIVES.map((key) => html`<li>${t(key)}</li>`)}</ul>
			<h3>${t("sheet_by_hand")}</h3>
			<div class="lines small">${t("sheet_by_hand_devices")}</div>
			${this.email ? html`<div class="lines small">${t("sheet_by_hand_account")}</div>` : ""}
			<p class="small">${t("sheet_nobody_else")}</p>
		</section>`;
	}

	/** Without an account the vault is nowhere but on its device. */
	private steps(): readonly Key[] {
		const elsewhere: readonly Key[] = this.email ? ["sheet_open_new"] : [];
		return ["sheet_open_device", ...elsewhere, "sheet_open_code", "sheet_open_read"];
	}

	private done(event: Event): void {
		event.preventDefault();
		const typed = this.typed.trim().toUpperCase();
		this.tried = typed !== this.code.slice(-LAST);
		if (!this.tried) this.close();
	}

	private close(): void {
		this.dispatchEvent(new CustomEvent("sheet-done", { bubbles: true, composed: true }));
	}
}
