/** What is known of this page: its forms as they were last understood, and the controls behind them. */
import type { WantedField } from "../wasm/sigill.js";
import { ask } from "./ask.ts";
import type { Control } from "./description.ts";
import type { Field } from "./elements.ts";
import { isNew } from "./form-kinds.ts";
import type { Filling, Form, FormKind } from "./messages.ts";
import { type Known, put } from "./put.ts";
import { read } from "./reader.ts";
import { mayAsk } from "./watch.ts";

/** A form, with its controls. */
export interface Understood {
	readonly form: Form;
	readonly submit: Element | undefined;
	readonly controls: (filling: Filling) => { known: Known; said: Control }[];
}

/** A field that somebody is in, and what it is. */
export interface Place {
	readonly field: string;
	readonly form: Understood;
}

let forms: Understood[] = [];
let places = new Map<Field, Place>();
let asked = "";
let understood = Promise.resolve();
let off = false;

/** Looks at the page; asks what its forms are where it changed. Calls `changed` where they are others. */
export async function look(changed: () => void): Promise<void> {
	if (off || document.visibilityState === "hidden") return;
	if (!mayAsk()) {
		if (forms.length > 0) take([], [], []);
		asked = "";
		return;
	}
	const { description, controls, buttons } = read();
	const text = JSON.stringify(description);
	if (text === asked) return understood; // or soon
	asked = text;
	if (!description.controls.some((control) => control.hidden === null)) return take([], [], []);
	understood = ask("forms", { description: text }).then((answer) => {
		if (asked !== text) return; // it changed meanwhile, and is being asked for anew
		off = answer === undefined;
		const known = description.controls.map((said, index) => ({ said, element: controls[index] }));
		take(answer ?? [], known, buttons);
		changed();
	});
	return understood;
}

function take(
	answer: readonly Form[],
	known: readonly { said: Control; element: Field | undefined }[],
	buttons: readonly Element[],
): void {
	forms = answer.map((form) => ({
		form,
		submit: form.submit === null ? undefined : buttons[form.submit],
		controls: (filling) =>
			filling.controls.flatMap((place) => {
				const { element, said } = known[place] ?? {};
				return element && said ? [{ known: { element, kind: said.kind }, said }] : [];
			}),
	}));
	places = new Map(
		forms.flatMap((form) =>
			form.form.fields.flatMap((filling) =>
				form
					.controls(filling)
					.map(({ known }): [Field, Place] => [known.element, { field: filling.field, form }]),
			),
		),
	);
}

export const placeOf = (element: Field): Place | undefined => places.get(element);
export const formsNow = (): readonly Understood[] => forms;

/** The first form of those kinds that a person sees. */
export const formOf = (...kinds: FormKind[]): Understood | undefined =>
	forms.find(({ form }) => kinds.includes(form.kind));

/** What a form is filled with. */
interface Filled {
	readonly id: string;
	readonly despite: "in_clear" | "framed" | undefined;
	/** All of the form's, unless some are named. */
	readonly fields?: readonly string[];
	/** Asked once what goes in is there. */
	readonly may?: () => boolean;
}

/** The form's fields, as they stand in the page. */
export const elementsOf = ({ form, controls }: Understood): Field[] =>
	form.fields.flatMap((filling) => controls(filling).map(({ known }) => known.element));

/** Fills a form with what an item holds; whether anything went in. */
export async function fillForm(
	{ form, controls }: Understood,
	{ id, despite, fields: only, may = () => true }: Filled,
): Promise<boolean> {
	const here = location.href;
	const meant = form.fields.filter(({ field }) => only?.includes(field) ?? true);
	const wanted = meant.map((filling) => ({ filling, slots: controls(filling) }));
	const fields: WantedField[] = wanted.map(({ filling, slots }) => ({
		field: filling.field,
		slots: slots.map(({ said }) => ({
			kind: said.kind,
			maxLength: said.maxLength ?? undefined,
			placeholder: said.placeholder,
			choices: said.choices,
		})),
	}));
	const texts = await ask("fillings", { id, despite, fields });
	if (!texts || new URL(here).origin !== location.origin || !may()) return false;
	let filled = false;
	for (const [index, { slots }] of wanted.entries()) {
		for (const [part, { known }] of slots.entries()) {
			const text = texts[index]?.[part];
			if (text !== undefined && text !== "") filled = put(known, text) || filled;
		}
	}
	return filled;
}

/** Puts a new password where a form wants one, and wants it again. */
export function fillNew({ form, controls }: Understood, password: string): void {
	for (const filling of form.fields.filter(({ field }) => isNew(field)))
		for (const { known } of controls(filling)) put(known, password);
}

/** What stands in a field of a form now. */
export function standsIn({ form, controls }: Understood, ...fields: string[]): string {
	for (const filling of [...form.fields, ...form.reads]) {
		if (!fields.includes(filling.field)) continue;
		const value = controls(filling)
			.map(({ known }) => known.element.value)
			.join("");
		if (value !== "") return value;
	}
	return "";
}
