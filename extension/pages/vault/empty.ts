import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import { VAULT } from "../view.ts";
import { way } from "../ways.ts";
import type { Found } from "./rows.ts";

/** What a list without entries says; in an empty vault, the ways to begin. */
export function emptyList(list: EventTarget, status: Status, { text, scope }: Found): TemplateResult {
	if (text !== "") return html`<p class="empty" role="status">${t("search_none", { text })}</p>`;
	if (scope.of === "trash") return html`<p class="empty soft">${t("empty_trash")}</p>`;
	if (scope.of !== "all") return html`<p class="empty soft">${t("empty_scope")}</p>`;
	const first = { ...VAULT, open: { pane: "new", kind: "login" } } as const;
	return html`<div class="begin stack">
		<h2>${t("empty_title")}</h2>
		<p class="soft">${t("empty_text")}</p>
		<div class="ways stack tight">
			${way(list, { view: "import" }, "import", { name: "empty_import", text: "empty_import_text" })}
			${way(list, first, "key", { name: "empty_add", text: "empty_add_text" })}
			${
				status.account
					? nothing
					: way(list, { view: "connect" }, "cloud", { name: "empty_connect", text: "empty_connect_text" })
			}
		</div>
	</div>`;
}
