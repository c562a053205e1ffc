import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { count, t, textOf } from "../../ui/text.ts";
import type { ImportPreview, Login } from "../../wasm/sigill.js";
import type { RowError } from "../../wasm/transfer/sigill_transfer.js";

const ROWS_SHOWN = 100;
const ERRORS_SHOWN = 20;

/** A file that was read, and what taking it in would do. */
export interface Preview {
	source: string;
	logins: Login[];
	errors: RowError[];
	counts: ImportPreview;
	/** Entries of its trash, left out. */
	trashed: number;
}

/** What a file holds: in numbers, what can't be read, and the first of its entries. */
export function contents({ logins, errors, counts }: Preview): TemplateResult {
	return html`<ul class="counts">
			${tally("import_new", counts.new, "state-new")}
			${tally("import_changed", counts.changed.length, "state-changed")}
			${tally("import_same", counts.same.length, "state-same")}
		</ul>
		${errorList(errors)} ${table(logins, counts)}`;
}

function tally(
	key: "import_new" | "import_changed" | "import_same",
	n: number,
	kind: string,
): TemplateResult {
	return html`<li class=${kind}>${icon(kind === "state-new" ? "add" : "done")}<span>${count(key, n)}</span></li>`;
}

function errorList(errors: RowError[]): TemplateResult | typeof nothing {
	if (errors.length === 0) return nothing;
	const more = errors.length - ERRORS_SHOWN;
	return html`<div class="notice amber">
		<p><b>${count("import_errors", errors.length)}</b></p>
		<ul class="small">
			${errors
				.slice(0, ERRORS_SHOWN)
				.map(
					({ line, reason }) =>
						html`<li>${t("import_error_line", { line: String(line), reason: textOf(reason) ?? reason })}</li>`,
				)}
			${more > 0 ? html`<li>${count("import_more", more)}</li>` : nothing}
		</ul>
	</div>`;
}

function table(logins: Login[], counts: ImportPreview): TemplateResult | typeof nothing {
	if (logins.length === 0) return nothing;
	const same = new Set(counts.same);
	const changed = new Set(counts.changed);
	const states = {
		new: "import_state_new",
		same: "import_state_same",
		changed: "import_state_changed",
	} as const;
	const row = (login: Login, at: number) => {
		const kind = same.has(at) ? "same" : changed.has(at) ? "changed" : "new";
		return html`<tr>
			<td>${login.name}</td>
			<td>${login.username}</td>
			<td class="state-${kind}">${t(states[kind])}</td>
		</tr>`;
	};
	const more = logins.length - ROWS_SHOWN;
	return html`<div class="card table" tabindex="0" role="region" aria-label=${t("import_entries")}>
			<table>
				<thead>
					<tr>
						<th scope="col">${t("field_name")}</th>
						<th scope="col">${t("item_username")}</th>
						<th scope="col">${t("import_column_state")}</th>
					</tr>
				</thead>
				<tbody>
					${logins.slice(0, ROWS_SHOWN).map(row)}
				</tbody>
			</table>
		</div>
		${more > 0 ? html`<p class="small soft">${count("import_more", more)}</p>` : nothing}`;
}
