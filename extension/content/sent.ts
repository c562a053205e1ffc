/** What a person sends is remembered, so that it can be saved: after a submit of the person's own, not a page's. */
import { ask } from "./ask.ts";
import { type Field, isField } from "./elements.ts";
import { elementsOf, formsNow, standsIn, type Understood } from "./page.ts";
import { fieldOf } from "./watch.ts";

/** Watches for sending: a submit, a press of the form's button, the enter key. `then` is called after each. */
export function watchSending(then: () => void): void {
	const heard = (find: (event: Event) => Understood | undefined) => (event: Event) => {
		if (!event.isTrusted) return;
		const form = find(event);
		if (form) void remember(form).then(then);
	};
	addEventListener("submit", heard(ofSubmit), true);
	addEventListener("click", heard(ofClick), true);
	addEventListener(
		"keydown",
		heard((event) =>
			event instanceof KeyboardEvent && event.key === "Enter" ? ofField(fieldOf(event)) : undefined,
		),
		true,
	);
}

function ofSubmit(event: Event): Understood | undefined {
	const { target } = event;
	return formsNow().find((form) =>
		elementsOf(form).some((element) => "form" in element && element.form === target),
	);
}

function ofClick(event: Event): Understood | undefined {
	const path = event.composedPath();
	return formsNow().find(({ submit }) => submit !== undefined && path.includes(submit));
}

function ofField(field: Field | undefined): Understood | undefined {
	if (!field || !isField(field) || field instanceof HTMLTextAreaElement) return undefined;
	return formsNow().find((form) => elementsOf(form).includes(field));
}

async function remember(form: Understood): Promise<void> {
	const userName = standsIn(form, "username", "email");
	switch (form.form.kind) {
		case "user_name_step":
			if (userName !== "") await ask("named", { userName });
			return;
		case "sign_in":
		case "sign_up":
		case "change_password": {
			const password = standsIn(form, "new_password") || standsIn(form, "password");
			const replaced = standsIn(form, "current_password");
			if (password !== "")
				await ask("sent", { kind: form.form.kind, userName, password, replaced: replaced || undefined });
			return;
		}
		default:
	}
}
