/** Filling without a press, where the person switched it on (docs/adr/0057). */
import { ask } from "./ask.ts";
import { elementsOf, fillForm, formOf, standsIn, type Understood } from "./page.ts";
import { focused } from "./watch.ts";

/** No more than signs in: a page would only have to ask for a code to get it. */
const FIELDS = ["username", "email", "password"];

let isDone = false;

/** Once a page, and only while nobody types. The keyboard stays where it was. */
export async function fillAtOnce(): Promise<void> {
	const form = formOf("sign_in");
	if (isDone || window !== top || !form || !isUntouched(form)) return;
	isDone = true;
	const id = await ask("atOnce", {});
	if (id === undefined) return;
	const before = focused();
	await fillForm(form, { id, despite: undefined, fields: FIELDS, may: () => isUntouched(form) });
	if (before) before.focus({ preventScroll: true });
	else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Nothing stands in the form, and nobody is anywhere else on the page. */
function isUntouched(form: Understood): boolean {
	const active = focused();
	const isElsewhere = active
		? !elementsOf(form).includes(active)
		: (document.activeElement ?? document.body) !== document.body;
	return !isElsewhere && standsIn(form, ...FIELDS) === "";
}
