import { html, nothing, type TemplateResult } from "lit";
import { textField } from "../../ui/field.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Rule, Url } from "../../wasm/sigill.js";
import { website } from "./lines.ts";
import { isRule, RULES } from "./rules.ts";

/** An address as most have it. */
export const NO_URL: Url = { text: "", rule: "domain" };

type Put = (url: Url) => void;

/** An address, and on which pages the entry is offered by it. */
export function urlField(
	url: Url,
	at: number,
	put: Put,
	drop: TemplateResult | typeof nothing,
): TemplateResult {
	return html`<div class="url">
		${textField(
			{
				id: `url-${at}`,
				label: drop === nothing ? t("custom_url") : t("edit_url", { n: at + 1 }),
				value: url.text,
				autocomplete: "off",
				input: (text) => put({ ...url, text }),
			},
			"url",
		)}
		${ruleField(url, at, put, drop === nothing)} ${drop}
	</div>`;
}

function ruleField(url: Url, at: number, put: Put, isOnly: boolean): TemplateResult {
	const { hint } = RULES[url.rule];
	const rules = Object.entries(RULES) as [Rule, { name: Key }][];
	return html`<div class="field rule">
		<label for="rule-${at}">${isOnly ? t("edit_rule_only") : t("edit_rule", { n: at + 1 })}</label>
		<select
			id="rule-${at}"
			aria-describedby=${hint ? `rule-${at}-hint` : nothing}
			@change=${(event: Event & { currentTarget: HTMLSelectElement }) => {
				const { value } = event.currentTarget;
				if (isRule(value)) put({ ...url, rule: value });
			}}
		>
			${rules.map(([rule, { name }]) => html`<option value=${rule} .selected=${rule === url.rule}>${t(name)}</option>`)}
		</select>
	</div>
	${hint ? html`<p class="hint" id="rule-${at}-hint">${t(hint)}</p>` : nothing}`;
}

/** An address to look at; its rule beside it where it is another than most have. */
export function urlShown({ text, rule }: Url): TemplateResult {
	if (rule === "domain") return html`${website(text)}`;
	return html`${website(text)} <span class="small soft">· ${t(RULES[rule].name)}</span>`;
}
