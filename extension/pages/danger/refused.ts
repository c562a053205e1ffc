import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Loss } from "../../wasm/sigill.js";
import { Screen } from "../screen.ts";
import { dangerSheet } from "./sheet.ts";
import { begin, turn } from "./step.ts";

/** An act that can't be had as things are: why, and the way to it. */
@customElement("sg-refused")
export class Refused extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor loss: Loss | undefined;

	override render(): TemplateResult {
		const { loss } = this;
		if (!loss) return html``;
		return html`<div class="page"><div class="sheet">
			<div class="stack tight">
				<p class="act">${icon("warn")}${t("refused_title")}</p>
				<h1 tabindex="-1">${t(`act_${loss.act.act}`)}</h1>
			</div>
			<p class="notice amber" role="status">${reason(loss)}</p>
			<div class="actions">
				<button class="primary" @click=${() => turn(this, { step: "kept" })}>${t("keep_everything")}</button>
				${
					isOff(loss)
						? html`<button @click=${() => begin(this, { act: "turn_sync_on" })}>${t("act_turn_sync_on")}</button>`
						: nothing
				}
			</div>
		</div></div>`;
	}
}

function isOff({ needs }: Loss): boolean {
	return needs.kind === "refused" && needs.reason === "sync_is_off";
}

function reason({ needs }: Loss): string {
	if (needs.kind !== "refused") return t("not_offered");
	return t(needs.reason === "sync_is_off" ? "refused_sync_is_off" : "error_account_not_linked");
}
