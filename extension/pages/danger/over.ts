import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { problem } from "../../ui/field.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Act, Phase } from "../../wasm/sigill.js";
import { putAway } from "../recovery.ts";
import { Screen } from "../screen.ts";
import { dismiss } from "./dismiss.ts";
import { dangerSheet } from "./sheet.ts";
import { begin, turn } from "./step.ts";

type How = Exclude<Extract<Phase, { phase: "over" }>["how"], "stale">;

const OVER: Readonly<Record<How, readonly [Key, Key]>> = {
	refused: ["refused_title", "over_superseded"],
	expired: ["over_expired_title", "over_expired"],
	burnt: ["over_burnt_title", "over_burnt"],
	superseded: ["over_superseded_title", "over_superseded"],
	cancelled: ["over_cancelled_title", "over_cancelled"],
};

/** It came to nothing, and nothing was changed. */
@customElement("sg-over")
export class Over extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor act: Act = { act: "clear_this_device" };
	@property({ attribute: false }) accessor how: How = "cancelled";

	/** A code that came with it opens nothing. */
	override connectedCallback(): void {
		super.connectedCallback();
		putAway();
	}

	override render(): TemplateResult {
		const [title, text] = OVER[this.how];
		return html`<div class="page"><div class="sheet">
			<h1 tabindex="-1">${t(title)}</h1>
			<p class="notice good" role="status">${t(text)}</p>
			${problem(this.failure)}
			<div class="actions">
				<button class="primary" ?disabled=${this.busy} @click=${this.keep}>${t("keep_everything")}</button>
				<button ?disabled=${this.busy} @click=${this.again}>${t("over_again")}</button>
			</div>
		</div></div>`;
	}

	private async keep(): Promise<void> {
		await this.attempt(async () => {
			await dismiss();
			turn(this, { step: "kept" });
		});
	}

	private async again(): Promise<void> {
		await this.attempt(async () => {
			await dismiss();
			begin(this, this.act);
		});
	}
}
