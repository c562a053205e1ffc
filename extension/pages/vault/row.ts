import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Row, Scope } from "../../wasm/sigill.js";
import { address } from "../view.ts";
import { copiesOf } from "./copies.ts";
import { letGo, takeUp } from "./drag.ts";
import { KINDS } from "./kinds.ts";

/** A row, where it stands, and what is selected. */
export interface Shown {
	readonly list: EventTarget;
	readonly at: number;
	readonly row: Row | undefined;
	readonly total: number;
	readonly scope: Scope;
	/** The entry that is open beside the list. */
	readonly chosen: string | undefined;
	readonly picked: ReadonlySet<string> | undefined;
	readonly pick: (id: string) => void;
}

/** A row that is dragged takes with it what is selected, where it is selected itself. */
function drag(event: DragEvent, { picked, scope }: Shown, { id }: Row): void {
	takeUp(event, picked?.has(id) ? [...picked] : [id], scope);
}

/** A row of the list. */
export function rowOf(shown: Shown): TemplateResult {
	const { at, row, total, chosen } = shown;
	if (!row) return html`<li class="waiting"></li>`;
	return html`<li
		aria-setsize=${total}
		aria-posinset=${at + 1}
		class=${row.id === chosen ? "chosen" : ""}
		draggable="true"
		@dragstart=${(event: DragEvent) => drag(event, shown, row)}
		@dragend=${letGo}
	>
		${shown.picked ? selectable(shown, row, shown.picked) : opening(shown, row)}
	</li>`;
}

function nameOf(row: Row): string {
	return row.name || row.host || t("list_unnamed");
}

/** Picture, name, what tells it apart, and whether it is marked. */
export function inner(row: Row): TemplateResult {
	const name = nameOf(row);
	const { picture } = KINDS[row.kind];
	return html`<span class="letter" aria-hidden="true">
			${row.kind === "login" ? [...name][0]?.toUpperCase() : icon(picture)}
		</span>
		<span class="names"><b>${name}</b><span>${row.detail || row.host}</span></span>
		${row.favourite ? html`<span class="star">${icon("star")}</span>` : nothing}`;
}

/** What is read out: name, kind where it is no login, what tells it apart, whether it is marked. */
export function told(row: Row): string {
	const parts = [
		nameOf(row),
		row.kind === "login" ? "" : t(KINDS[row.kind].name),
		row.detail || row.host,
		row.favourite ? t("list_favourite") : "",
	];
	return parts.filter((part) => part !== "").join(", ");
}

function opening({ list, at, scope, chosen }: Shown, row: Row): TemplateResult {
	const view = { view: "vault", scope, open: { pane: "item", id: row.id } } as const;
	return html`<a
			href=${address(view)}
			draggable="false"
			data-at=${at}
			aria-current=${row.id === chosen ? "true" : nothing}
			aria-label=${told(row)}
		>
			${inner(row)}
		</a>
		${scope.of === "trash" ? nothing : copies(list, row)}`;
}

function selectable({ pick }: Shown, row: Row, picked: ReadonlySet<string>): TemplateResult {
	return html`<label class="pick">
		<input
			type="checkbox"
			.checked=${picked.has(row.id)}
			aria-label=${t("bulk_pick", { name: told(row) })}
			@change=${() => pick(row.id)}
		/>
		${inner(row)}
	</label>`;
}

function copies(list: EventTarget, row: Row): TemplateResult {
	const name = nameOf(row);
	return html`<span class="copies">
		${copiesOf(row).map((copy) => {
			const said = t("copy", { what: t(copy.nameOf, { name }) });
			return html`<button class="icon-only" aria-label=${said} title=${said} @click=${() => copy.run(list, row)}>
				${icon(copy.picture)}
			</button>`;
		})}
	</span>`;
}
