import { html, type TemplateResult } from "lit";
import { type Key, t, textOf } from "../../ui/text.ts";
import type { CustomField, Item as Entry } from "../../wasm/sigill.js";

/** A field, as the page shows it. */
export interface Line {
	label: string;
	/** As it stands inside a sentence. */
	what: string;
	value: string;
	secret: boolean;
	/** Names the line among those that are shown. */
	id: string;
}

/** What is filled in, in order. */
export function linesOf({ login }: Entry): Line[] {
	const lines: Line[] = [
		{
			id: "username",
			label: t("item_username"),
			what: t("what_username"),
			value: login.username,
			secret: false,
		},
		{
			id: "password",
			label: t("item_password"),
			what: t("what_password"),
			value: login.password,
			secret: true,
		},
		...login.fields.map(fieldLine),
	];
	return lines.filter((line) => line.value !== "");
}

function fieldLine(field: CustomField, at: number): Line {
	const label = field.label || t("edit_field", { n: at + 1 });
	return { id: `field-${at}`, label, what: label, value: field.value, secret: field.kind === "hidden" };
}

/** A field of ours by its name in the person's language, one of the person's own by its label. */
export function nameOf(field: string): string {
	const names: Readonly<Record<string, Key>> = {
		name: "field_name",
		username: "item_username",
		password: "item_password",
		urls: "item_urls",
		notes: "item_notes",
	};
	const key = names[field];
	return key ? (textOf(key) ?? field) : field;
}

/** A link only where it can't be anything but a website. */
export function website(url: string): TemplateResult | string {
	const parsed = URL.parse(url);
	if (!parsed || !/^https?:$/.test(parsed.protocol)) return url;
	return html`<a href=${parsed.href} target="_blank" rel="noopener noreferrer">${url}</a>`;
}
