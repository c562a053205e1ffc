import { html, nothing, type TemplateResult } from "lit";
import { icon } from "./icon.ts";
import { type Key, t } from "./text.ts";

export interface Field {
	/** Unique in its view. */
	id: string;
	label: string;
	value: string;
	input: (value: string) => void;
	autocomplete?: "off" | "username" | "email" | "current-password" | "new-password" | "one-time-code" | "url";
	hint?: string | undefined;
	/** What is wrong with it; read out when it appears. */
	error?: string | undefined;
	/** Where the focus goes when the view opens. */
	first?: boolean;
	disabled?: boolean;
	/** What may be meant, offered while typing. */
	list?: readonly string[];
}

type Typed = InputEvent & { currentTarget: HTMLInputElement };

function described(field: Field): string | typeof nothing {
	const ids = [field.hint && `${field.id}-hint`, field.error && `${field.id}-error`].filter(Boolean);
	return ids.length > 0 ? ids.join(" ") : nothing;
}

function frame(field: Field, box: TemplateResult): TemplateResult {
	return html`<div class="field">
		<label for=${field.id}>${field.label}</label>
		<div class="box">${box}</div>
		${field.hint ? html`<p class="hint" id="${field.id}-hint">${field.hint}</p>` : nothing}
		${field.error ? problem(field.error, `${field.id}-error`) : nothing}
	</div>`;
}

/** What went wrong, read out as soon as it stands there. */
export function problem(text: string | undefined, id = "problem"): TemplateResult | typeof nothing {
	return text
		? html`<p class="error" id=${id} role="alert">${icon("warn")}<span>${text}</span></p>`
		: nothing;
}

/** A line of text. */
export function textField(
	field: Field,
	type: "text" | "email" | "url" | "tel" | "date" = "text",
): TemplateResult {
	return frame(
		field,
		html`<input
			id=${field.id}
			type=${type === "url" ? "text" : type}
			inputmode=${type === "date" ? nothing : type}
			.value=${field.value}
			autocomplete=${field.autocomplete ?? "off"}
			autocapitalize="none"
			spellcheck="false"
			?data-focus=${field.first}
			?disabled=${field.disabled}
			aria-invalid=${field.error ? "true" : nothing}
			aria-describedby=${described(field)}
			list=${field.list ? `${field.id}-list` : nothing}
			@input=${(event: Typed) => field.input(event.currentTarget.value)}
		/>
		${
			field.list
				? html`<datalist id="${field.id}-list">${field.list.map((one) => html`<option value=${one}></option>`)}</datalist>`
				: nothing
		}`,
	);
}

/** A line that hides what is typed, with a button that shows it; `what` names it on that button. */
export function secretField(field: Field, what: Key | { readonly named: string }): TemplateResult {
	const name = t("show", { what: typeof what === "string" ? t(what) : what.named });
	return frame(
		field,
		html`<input
				id=${field.id}
				class="mono"
				type="password"
				.value=${field.value}
				autocomplete=${field.autocomplete ?? "off"}
				autocapitalize="none"
				spellcheck="false"
				?data-focus=${field.first}
				?disabled=${field.disabled}
				aria-invalid=${field.error ? "true" : nothing}
				aria-describedby=${described(field)}
				@input=${(event: Typed) => field.input(event.currentTarget.value)}
			/>
			<button
				type="button"
				class="icon-only"
				aria-pressed="false"
				aria-label=${name}
				title=${name}
				@click=${reveal}
			>
				${icon("show")}
			</button>`,
	);
}

function reveal(event: Event & { currentTarget: HTMLButtonElement }): void {
	const button = event.currentTarget;
	const input = button.parentElement?.querySelector("input");
	if (!input) return;
	const shows = input.type === "password";
	input.type = shows ? "text" : "password";
	button.setAttribute("aria-pressed", String(shows));
}

/** A thing to tick, or one of several, and what that means. */
export interface Option {
	/** Unique in its view. */
	id: string;
	/** What it is one of; without, it stands for itself. */
	of?: string;
	label: string;
	hint: string;
	checked: boolean;
	disabled?: boolean;
	pick: (checked: boolean) => void;
}

export function option({ id, of, label, hint, checked, disabled = false, pick }: Option): TemplateResult {
	return html`<div class="option">
		<label class="tick">
			<input
				type=${of === undefined ? "checkbox" : "radio"}
				name=${of ?? nothing}
				.checked=${checked}
				?disabled=${disabled}
				aria-describedby=${id}
				@change=${(event: Event & { currentTarget: HTMLInputElement }) => pick(event.currentTarget.checked)}
			/>
			<span>${label}</span>
		</label>
		<p class="hint" id=${id}>${hint}</p>
	</div>`;
}

/** The place for a code of eight digits. */
export function codeField(field: Field): TemplateResult {
	return frame(
		field,
		html`<input
			id=${field.id}
			class="code"
			type="text"
			inputmode="numeric"
			maxlength="24"
			.value=${field.value}
			autocomplete="one-time-code"
			spellcheck="false"
			?data-focus=${field.first}
			?disabled=${field.disabled}
			aria-invalid=${field.error ? "true" : nothing}
			aria-describedby=${described(field)}
			@input=${(event: Typed) => field.input(event.currentTarget.value)}
		/>`,
	);
}
