import { html, type TemplateResult } from "lit";
import { t } from "../ui/text.ts";

/** While the browser asks for a passkey. */
export function touching(cancel: () => void): TemplateResult {
	return html`<div class="stack tight">
		<p role="status">${t("passkey_waiting")}</p>
		<button type="button" @click=${cancel}>${t("cancel")}</button>
	</div>`;
}
