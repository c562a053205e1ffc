import { html, nothing, type TemplateResult } from "lit";
import { call } from "../../background/client.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { FieldKey, Item, Row, Scope } from "../../wasm/sigill.js";
import { copyPlain, copySecret } from "../copy.ts";
import { say } from "../events.ts";
import { failureText } from "../failure.ts";
import { address } from "../view.ts";
import { copyCode } from "./copy-code.ts";
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

/** A row of the list. */
export function rowOf(shown: Shown): TemplateResult {
	const { at, row, total, chosen } = shown;
	if (!row) return html`<li class="waiting"></li>`;
	return html`<li aria-setsize=${total} aria-posinset=${at + 1} class=${row.id === chosen ? "chosen" : ""}>
		${shown.picked ? selectable(shown, row, shown.picked) : opening(shown, row)}
	</li>`;
}

function nameOf(row: Row): string {
	return row.name || row.host || t("list_unnamed");
}

function inner(row: Row): TemplateResult {
	const name = nameOf(row);
	const { picture } = KINDS[row.kind];
	return html`<span class="letter" aria-hidden="true">
			${row.kind === "login" ? [...name][0]?.toUpperCase() : icon(picture)}
		</span>
		<span class="names"><b>${name}</b><span>${row.detail || row.host}</span></span>
		${row.favourite ? html`<span class="star">${icon("star")}</span>` : nothing}`;
}

/** What is read out: name, kind where it is no login, what tells it apart, whether it is marked. */
function told(row: Row): string {
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
	const username = t("copy", { what: t("what_username_of", { name }) });
	const password = t("copy", { what: t("what_password_of", { name }) });
	const copyUser = () =>
		withItem(list, row, (item) => copyPlain(list, t("said_username"), text(item, "username")));
	const copyWord = () =>
		withItem(list, row, (item) => copySecret(list, t("said_password"), text(item, "password")));
	const copyDigits = () => trying(list, () => copyCode(list, row.id));
	const code = t("copy", { what: t("what_code_of", { name }) });
	const isLogin = row.kind === "login";
	return html`<span class="copies">
		${
			isLogin && row.detail
				? html`<button class="icon-only" aria-label=${username} title=${username} @click=${copyUser}>
						${icon("account")}
					</button>`
				: nothing
		}
		${
			isLogin
				? html`<button class="icon-only" aria-label=${password} title=${password} @click=${copyWord}>
						${icon("key")}
					</button>`
				: nothing
		}
		${
			row.totp
				? html`<button class="icon-only" aria-label=${code} title=${code} @click=${copyDigits}>
						${icon("code")}
					</button>`
				: nothing
		}
	</span>`;
}

function text({ content }: Item, field: FieldKey): string {
	return content.values.find((value) => value.field === field)?.text ?? "";
}

/** The index proposes, the item decides. */
async function withItem(list: EventTarget, row: Row, copy: (item: Item) => Promise<void>): Promise<void> {
	await trying(list, async () => copy(await call("item", row.id)));
}

async function trying(list: EventTarget, copy: () => Promise<void>): Promise<void> {
	try {
		await copy();
	} catch (thrown) {
		say(list, { text: failureText(thrown) ?? t("copy_failed") });
	}
}
