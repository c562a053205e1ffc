import { html, type TemplateResult } from "lit";
import { secretField, textField } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import type { FieldKey, Shaped } from "../../wasm/sigill.js";
import { FIELDS } from "./kinds.ts";
import "./otp-field.ts";

/** A field of an entry, as its shape is typed. */
export function shapedField(
	{ field, shape }: Shaped,
	value: string,
	input: (value: string) => void,
): TemplateResult {
	const label = t(FIELDS[field]);
	const one = { id: field, label, value, input };
	switch (shape) {
		case "line":
		case "month":
			return textField(one);
		case "email":
			return textField(one, "email");
		case "phone":
			return textField(one, "tel");
		case "date":
			return textField(one, "date");
		case "totp":
			return html`<sg-otp .label=${label} .value=${value} .input=${input}></sg-otp>`;
		case "secret":
			return secretField({ ...one, autocomplete: "new-password" }, whatOf(field, label));
		case "card_number":
			return secretField(one, { named: label });
		case "lines":
			return lines(one, "");
		case "secret_lines":
			return lines(one, "mono");
	}
}

function whatOf(field: FieldKey, label: string): "what_password" | { named: string } {
	return field === "password" ? "what_password" : { named: label };
}

interface Lines {
	readonly id: string;
	readonly label: string;
	readonly value: string;
	readonly input: (value: string) => void;
}

function lines({ id, label, value, input }: Lines, look: "mono" | ""): TemplateResult {
	return html`<div class="field">
		<label for=${id}>${label}</label>
		<textarea
			id=${id}
			class=${look}
			.value=${value}
			spellcheck="false"
			autocapitalize="none"
			@input=${(event: Event & { currentTarget: HTMLTextAreaElement }) => input(event.currentTarget.value)}
		></textarea>
	</div>`;
}
