import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { pendingHere, settleHere } from "../background/client.ts";
import type { PendingHere, Settling } from "../background/pending.ts";
import { t } from "../ui/text.ts";
import { leave, say } from "./events.ts";
import { Screen } from "./screen.ts";

/** In the popup: what was sent in the page beside it and isn't saved, whether or not the page's own question was seen. */
@customElement("sg-pending")
export class Pending extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			section {
				padding: var(--s3) var(--s4);
				border-block-end: var(--hairline) solid var(--line);
				background: var(--accent-soft);
			}
			h2 {
				font: 600 var(--text) / 1.4 var(--sans);
			}
			h2,
			p {
				overflow-wrap: anywhere;
			}
		`,
	];

	@state() private accessor sent: PendingHere | undefined;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("status")) void this.look();
	}

	private async look(): Promise<void> {
		const isOpen = this.status.vault.state === "open";
		this.sent = isOpen ? await pendingHere().catch(() => undefined) : undefined;
	}

	override render(): TemplateResult | typeof nothing {
		const { sent } = this;
		if (!sent || sent.savable === "locked") return nothing;
		const { host, name } = sent;
		const updates = sent.savable === "update";
		return html`<section class="stack tight" aria-labelledby="sent">
			<h2 id="sent">${updates ? t("inpage_update_title", { name }) : t("inpage_save_title", { host })}</h2>
			${sent.userName === "" ? nothing : html`<p>${sent.userName}</p>`}
			<p class="small soft">${t(updates ? "inpage_update_text" : "inpage_save_text")}</p>
			${this.failure === undefined ? nothing : html`<p class="notice wax small" role="alert">${this.failure}</p>`}
			<div class="row">
				<button class="primary" ?disabled=${this.busy} @click=${() => this.settle(sent, "save")}>
					${t(updates ? "inpage_update" : "inpage_save")}
				</button>
				<button ?disabled=${this.busy} @click=${() => this.settle(sent, "drop")}>${t("inpage_not_now")}</button>
				${
					updates
						? nothing
						: html`<button class="quiet" ?disabled=${this.busy} @click=${() => this.settle(sent, "never")}>
								${t("inpage_never_here")}
							</button>`
				}
			</div>
		</section>`;
	}

	private async settle(sent: PendingHere, choice: Settling): Promise<void> {
		const saved = await this.attempt(() => settleHere(sent, choice));
		if (saved === undefined) return;
		if (choice === "save") say(this, { text: t(saved ? "inpage_saved" : "inpage_not_saved") });
		await this.look();
		leave(this);
	}
}
