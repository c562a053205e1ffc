import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { t } from "../../ui/text.ts";
import { putAway } from "../recovery.ts";
import { Screen } from "../screen.ts";
import { dangerSheet } from "./sheet.ts";

/** The way out: everything is as it was. */
@customElement("sg-kept")
export class Kept extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	/** A code that came with it opens nothing. */
	override connectedCallback(): void {
		super.connectedCallback();
		putAway();
	}

	override render(): TemplateResult {
		const home = chrome.runtime.getURL("extension/pages/app.html");
		return html`<div class="page"><div class="sheet">
			<h1 tabindex="-1">${t("kept_title")}</h1>
			<p class="notice good" role="status">${t("kept_text")}</p>
			<div class="actions"><a class="button primary" href=${home}>${t("done_open")}</a></div>
		</div></div>`;
	}
}
