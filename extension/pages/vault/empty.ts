import { html, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import { go } from "../events.ts";
import type { Found } from "./rows.ts";

/** What a list without entries says. */
export function emptyList(list: EventTarget, { text, scope }: Found): TemplateResult {
	if (text !== "") return html`<p class="empty" role="status">${t("search_none", { text })}</p>`;
	if (scope.of === "trash") return html`<p class="empty soft">${t("empty_trash")}</p>`;
	if (scope.of !== "all") return html`<p class="empty soft">${t("empty_scope")}</p>`;
	return html`<div class="empty stack">
		<h2>${t("empty_title")}</h2>
		<p class="soft">${t("empty_text")}</p>
		<button @click=${() => go(list, { view: "import" })}>${icon("import")}${t("import_title")}</button>
	</div>`;
}
