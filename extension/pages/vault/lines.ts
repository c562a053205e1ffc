import { html, type TemplateResult } from "lit";
import { day, t } from "../../ui/text.ts";
import type { CustomField, Item as Entry, FieldKey, Line as Filled } from "../../wasm/sigill.js";
import { FIELDS } from "./kinds.ts";

/** A field, as the page shows it. */
export interface Line {
	label: string;
	/** As it stands inside a sentence. */
	what: string;
	/** As it begins one. */
	said: string;
	/** As it is read. */
	shown: string | TemplateResult;
	/** As it is copied. */
	value: string;
	secret: boolean;
	/** Whether it may be long. */
	long: boolean;
	/** Names the line among those that are shown. */
	id: string;
	/** Where the key of one-time codes stands that it holds: in which field of the person's own, or in the entry's. */
	key?: { at: number | undefined; name: string };
}

/** What is filled in, in order. */
export function linesOf({ lines, content }: Entry): Line[] {
	// A tick that is not set says no.
	const filled = content.fields.map(fieldLine).filter((_, at) => {
		const field = content.fields[at];
		return field?.kind === "boolean" || field?.value !== "";
	});
	return [...lines.map(lineOf), ...filled];
}

/** How a field stands inside a sentence, where that is another text than its label. */
function whatOf(field: FieldKey): string {
	if (field === "username") return t("what_username");
	if (field === "password") return t("what_password");
	if (field === "notes") return t("what_notes");
	return t(FIELDS[field]);
}

function saidOf(field: FieldKey): string {
	if (field === "username") return t("said_username");
	if (field === "password") return t("said_password");
	return t(FIELDS[field]);
}

function lineOf({ field, shape, secret, text, shown }: Filled): Line {
	return {
		id: field,
		label: t(FIELDS[field]),
		what: whatOf(field),
		said: saidOf(field),
		shown: shape === "date" ? dayOf(text) : shown,
		value: text,
		secret,
		long: shape === "lines" || shape === "secret_lines",
		...(shape === "totp" ? { key: { at: undefined, name: "" } } : {}),
	};
}

function fieldLine(field: CustomField, at: number): Line {
	const label = field.label || t("edit_field", { n: at + 1 });
	return {
		id: `field-${at}`,
		label,
		what: label,
		said: label,
		shown: shownOf(field),
		value: field.value,
		secret: field.kind === "hidden" || field.kind === "totp",
		long: false,
		...(field.kind === "totp" ? { key: { at, name: label } } : {}),
	};
}

function shownOf({ kind, value }: CustomField): string | TemplateResult {
	switch (kind) {
		case "boolean":
			return t(value === "true" ? "yes" : "no");
		case "date":
			return dayOf(value);
		case "url":
			return website(value);
		case "text":
		case "hidden":
		case "totp":
			return value;
	}
}

/** `2027-04-30` as the person's language writes days; anything else as it is. */
function dayOf(text: string): string {
	const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T12:00:00`) : Number.NaN;
	return Number.isNaN(at) ? text : day(at / 1000);
}

/** A link only where it can't be anything but a website. */
export function website(url: string): TemplateResult | string {
	const parsed = URL.parse(url);
	if (!parsed || !/^https?:$/.test(parsed.protocol)) return url;
	return html`<a href=${parsed.href} target="_blank" rel="noopener noreferrer">${url}</a>`;
}
