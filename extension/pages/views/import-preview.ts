import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { count, type Key, t, textOf } from "../../ui/text.ts";
import type { ImportRow } from "../../wasm/sigill.js";
import type { Handed, LeftOut, RowError } from "../../wasm/transfer/sigill_transfer.js";
import type { Coming } from "../import-take.ts";
import { fileList } from "../missing-files.ts";
import { KINDS } from "../vault/kinds.ts";

const ROWS_SHOWN = 100;
const SHOWN = 20;

/** A file that was read, and what taking it in would do. */
export interface Preview extends Coming {
	/** What reading it said beside the entries; nothing of a backup file. */
	read: Handed | undefined;
	/** Entries of its trash, left out. */
	trashed: number;
	/** Entries of a newer Sigill, left out. */
	unread: number;
	/** Lets go of what it was read with. */
	close: () => void;
}

/** What a file holds: in numbers, what can't be read, and the first of its entries. */
export function contents(preview: Preview): TemplateResult {
	const { read, counts } = preview;
	const files = filesComing(preview);
	return html`<ul class="counts">
			${tally("import_new", counts.new, "state-new")}
			${tally("import_changed", counts.changed, "state-changed")}
			${tally("import_same", counts.same, "state-same")}
			${tally("import_trashed", counts.trashed, "state-same")}
			${tally("import_files", files, "state-new")}
		</ul>
		${read && errorList(read)} ${fileList("import_missing", missing(preview))} ${read && leftOutList(read.left_out)} ${table(counts.rows)}`;
}

/** How many files come along. */
function filesComing({ counts, contents }: Preview): number {
	return contents.files.filter(({ entry }) => counts.rows[entry]?.item !== undefined).length;
}

/** Files that entries which come name, and that the file does not hold. */
function missing({ counts, contents }: Preview): { entry: string; name: string }[] {
	const held = new Set(contents.files.map(({ entry, id }) => `${entry} ${id}`));
	return counts.rows.flatMap(({ name: entry, item, files }, at) => {
		if (item === undefined) return [];
		return files.filter(({ id }) => !held.has(`${at} ${id}`)).map(({ name }) => ({ entry, name }));
	});
}

function tally(
	key: "import_new" | "import_changed" | "import_same" | "import_trashed" | "import_files",
	n: number,
	kind: string,
): TemplateResult | typeof nothing {
	if (n === 0 && key !== "import_new") return nothing;
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
	trashed: "import_state_trashed",
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
