import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { type Key, t } from "../../ui/text.ts";
import { go } from "../events.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";

/** In this order: what comes first loses least. */
const LOCKED_VAULT: readonly Key[] = [
	"help_other_device",
	"help_code",
	"help_backup",
	"help_sealed",
	"help_reset",
];
const LOCKED_ACCOUNT: readonly Key[] = ["help_mail", "help_hold", "help_factor", "help_gone"];
const RELATIVES: readonly Key[] = ["help_relatives_sheet", "help_relatives_operator", "help_relatives_mail"];

/** Locked out, or somebody who stays behind: what can be done, in its order, and where it honestly ends. */
@customElement("sg-help")
export class Help extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			ol {
				display: grid;
				gap: var(--s3);
				padding-inline-start: var(--s5);
				list-style: decimal;
			}
			ol > li::marker {
				color: var(--accent);
				font-weight: 600;
			}
			ul {
				display: grid;
				gap: var(--s2);
			}
		`,
	];

	override render(): TemplateResult {
		const lines = (keys: readonly Key[]) => keys.map((key) => html`<li>${t(key)}</li>`);
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t("help_title")}</h1>
				<p class="soft">${t("help_text")}</p>
			</div>
			<section class="card stack" aria-labelledby="vault">
				<h2 id="vault">${t("help_vault")}</h2>
				<ol>
					${lines(LOCKED_VAULT)}
				</ol>
			</section>
			<section class="card stack" aria-labelledby="account">
				<h2 id="account">${t("help_account")}</h2>
				<ol>
					${lines(LOCKED_ACCOUNT)}
				</ol>
			</section>
			<p class="notice wax">${t("help_end")}</p>
			<section class="card stack" aria-labelledby="relatives">
				<h2 id="relatives">${t("help_relatives")}</h2>
				<ul>
					${lines(RELATIVES)}
				</ul>
			</section>
			<button @click=${() => go(this, VAULT)}>${t("back")}</button>
		</div>`;
	}
}
