import { html, type TemplateResult } from "lit";
import { type Key, t } from "../../ui/text.ts";
import { address } from "../view.ts";
import type { Topic } from "./topic.ts";

/** Where a person may wonder: the page of the help that tells more. */
const NAMES = {
	confirm: "help_confirm_title",
	sync: "help_sync_title",
	files: "help_files_title",
	codes: "help_codes_title",
	operator: "help_operator_title",
} as const satisfies { readonly [T in Topic]?: Key };

export function helpLink(topic: keyof typeof NAMES): TemplateResult {
	return html`<a class="small" href=${address({ view: "help", topic })}>${t("help_more", { title: t(NAMES[topic]) })}</a>`;
}

/** The same from a danger page, which stays where it is. */
export function helpLinkApart(topic: keyof typeof NAMES, text: Key): TemplateResult {
	return html`<a class="small" href="app.html${address({ view: "help", topic })}" target="_blank">${t(text)}</a>`;
}
