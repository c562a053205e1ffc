import { html, type TemplateResult } from "lit";
import { secretField, textField } from "../../ui/field.ts";
import { type Key, t } from "../../ui/text.ts";
import type { CustomField, FieldKind } from "../../wasm/sigill.js";
import "./otp-field.ts";

const KINDS: Readonly<Record<FieldKind, Key>> = {
	text: "custom_text",
	hidden: "custom_hidden",
	boolean: "custom_boolean",
	date: "custom_date",
	url: "custom_url",
	totp: "custom_totp",
};

type Put = (changes: Partial<CustomField>) => void;

/** A field of the person's own: its label, how it shows, its value. */
export function customField(field: CustomField, at: number, put: Put, drop: TemplateResult): TemplateResult {
	const n = at + 1;
	return html`<fieldset class="card stack tight">
		<legend class="visually-hidden">${t("edit_field", { n })}</legend>
		<div class="with-remove">
			${textField({
				id: `label-${at}`,
				label: t("edit_field_label", { n }),
				value: field.label,
				input: (label) => put({ label }),
			})}
			${drop}
		</div>
		<div class=${field.kind === "totp" ? "stack tight" : "pair"}>${fieldValue(field, at, put)} ${fieldKind(field, at, put)}</div>
	</fieldset>`;
}

function fieldKind(field: CustomField, at: number, put: Put): TemplateResult {
	const kinds = Object.entries(KINDS) as [FieldKind, Key][];
	return html`<div class="field">
		<label for="kind-${at}">${t("edit_field_kind", { n: at + 1 })}</label>
		<select
			id="kind-${at}"
			@change=${(event: Event & { currentTarget: HTMLSelectElement }) => {
				const chosen = kinds.find(([kind]) => kind === event.currentTarget.value);
				if (chosen) put({ kind: chosen[0] });
			}}
		>
			${kinds.map(([kind, name]) => html`<option value=${kind} ?selected=${kind === field.kind}>${t(name)}</option>`)}
		</select>
	</div>`;
}

function fieldValue(field: CustomField, at: number, put: Put): TemplateResult {
	const n = at + 1;
	const one = {
		id: `value-${at}`,
		label: t("edit_field_value", { n }),
		value: field.value,
		input: (value: string) => put({ value }),
	};
	switch (field.kind) {
		case "text":
			return textField(one);
		case "url":
			return textField(one, "url");
		case "date":
			return textField(one, "date");
		case "totp":
			return html`<sg-otp .label=${one.label} .value=${one.value} .input=${one.input}></sg-otp>`;
		case "hidden":
			return secretField(one, { named: one.label });
		case "boolean":
			return html`<label class="tick">
				<input
					id=${one.id}
					type="checkbox"
					.checked=${field.value === "true"}
					@change=${(event: Event & { currentTarget: HTMLInputElement }) =>
						put({ value: String(event.currentTarget.checked) })}
				/>
				${one.label}
			</label>`;
	}
}
