import { html, nothing, type TemplateResult } from "lit";
import { t, textOf } from "../../ui/text.ts";
import type { About } from "../../wasm/transfer/sigill_transfer.js";

/** What a kind of file is called. */
export function formatName({ shown }: About): string {
	return shown || t("import_table");
}

/** How to get the file of each program; one is open at a time. */
export function ways(formats: readonly About[]): TemplateResult | typeof nothing {
	if (formats.length === 0) return nothing;
	return html`<section class="stack tight" aria-labelledby="ways">
		<h2 id="ways">${t("import_ways")}</h2>
		<div class="card ways">
			${formats.map(
				(format) =>
					html`<details name="way">
						<summary>${formatName(format)}</summary>
						<p class="small">${textOf(`import_how_${format.id}`)}</p>
					</details>`,
			)}
		</div>
	</section>`;
}
