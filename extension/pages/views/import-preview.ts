import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { count, type Key, t, textOf } from "../../ui/text.ts";
import type { Import, ImportPreview, ImportRow } from "../../wasm/sigill.js";
import type { Handed, LeftOut, RowError } from "../../wasm/transfer/sigill_transfer.js";
import { KINDS } from "../vault/kinds.ts";

const ROWS_SHOWN = 100;
const SHOWN = 20;

/** A file that was read, and what taking it in would do. */
export interface Preview {
	bundle: Import;
	/** What reading it said beside the entries; nothing of a backup file. */
	read: Handed | undefined;
	counts: ImportPreview;
	/** Entries of its trash, left out. */
	trashed: number;
}

/** What a file holds: in numbers, what can't be read, and the first of its entries. */
export function contents({ read, counts }: Preview): TemplateResult {
	return html`<ul class="counts">
			${tally("import_new", counts.new, "state-new")}
			${tally("import_changed", counts.changed, "state-changed")}
			${tally("import_same", counts.same, "state-same")}
		</ul>
		${read && errorList(read)} ${read && leftOutList(read.left_out)} ${table(counts.rows)}`;
}

function tally(
	key: "import_new" | "import_changed" | "import_same",
	n: number,
	kind: string,
): TemplateResult {
	return html`<li class=${kind}>${icon(kind === "state-new" ? "add" : "done")}<span>${count(key, n)}</span></li>`;
}

function errorList({ errors, counted }: Handed): TemplateResult | typeof nothing {
	const lines = errors.slice(0, SHOWN).map((error) => errorText(error, counted));
	return list(count("import_errors", errors.length), lines, errors.length);
}

function errorText({ file, line: at, reason: key }: RowError, counted: Handed["counted"]): string {
	const line = String(at);
	const reason = textOf(key) ?? key;
	if (file !== "") return t("import_error_member", { file, line, reason });
	return t(counted === "lines" ? "import_error_line" : "import_error_nth", { line, reason });
}

function leftOutList(left: LeftOut[]): TemplateResult | typeof nothing {
	const lines = left.slice(0, SHOWN).map(({ entry, what, name }) => textOf(what, { entry, name }) ?? what);
	return list(count("import_left", left.length), lines, left.length);
}

/** The first of many things that are amiss. */
function list(title: string, lines: readonly string[], all: number): TemplateResult | typeof nothing {
	if (all === 0) return nothing;
	const more = all - lines.length;
	return html`<div class="notice amber">
		<p><b>${title}</b></p>
		<ul class="small">
			${lines.map((line) => html`<li>${line}</li>`)} ${more > 0 ? html`<li>${count("import_more", more)}</li>` : nothing}
		</ul>
	</div>`;
}

const FATES = {
	new: "import_state_new",
	same: "import_state_same",
	changed: "import_state_changed",
} as const satisfies Record<ImportRow["fate"], Key>;

function table(rows: ImportRow[]): TemplateResult | typeof nothing {
	if (rows.length === 0) return nothing;
	const row = ({ kind, name, detail, fate }: ImportRow) =>
		html`<tr>
			<td>${name}</td>
			<td>${kind === "login" ? detail : [t(KINDS[kind].name), detail].filter(Boolean).join(", ")}</td>
			<td class="state-${fate}">${t(FATES[fate])}</td>
		</tr>`;
	const more = rows.length - ROWS_SHOWN;
	return html`<div class="card table" tabindex="0" role="region" aria-label=${t("import_entries")}>
			<table>
				<thead>
					<tr>
						<th scope="col">${t("field_name")}</th>
						<th scope="col">${t("import_column_detail")}</th>
						<th scope="col">${t("import_column_state")}</th>
					</tr>
				</thead>
				<tbody>
					${rows.slice(0, ROWS_SHOWN).map(row)}
				</tbody>
			</table>
		</div>
		${more > 0 ? html`<p class="small soft">${count("import_more", more)}</p>` : nothing}`;
}
