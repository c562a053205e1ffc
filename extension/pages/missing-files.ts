import { html, nothing, type TemplateResult } from "lit";
import { type CountKey, count, t } from "../ui/text.ts";

/** So many are named. */
const SHOWN = 20;

/** Files that are missing somewhere, by name. */
export function fileList(
	title: CountKey,
	files: readonly { readonly entry: string; readonly name: string }[],
): TemplateResult | typeof nothing {
	if (files.length === 0) return nothing;
	const more = files.length - SHOWN;
	return html`<div class="notice amber">
		<p><b>${count(title, files.length)}</b></p>
		<ul class="small">
			${files.slice(0, SHOWN).map(({ entry, name }) => html`<li>${t("files_of", { entry, name })}</li>`)}
			${more > 0 ? html`<li>${count("import_more", more)}</li>` : nothing}
		</ul>
	</div>`;
}
