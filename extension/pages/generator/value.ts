import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Made } from "../../wasm/page/sigill_page.js";

/** What was made, whatever it is worth. */
export type Value = Extract<Made, { value: string }>;

/** Letters, digits and all else, run by run: digits and symbols are told from letters by their colour. */
export function colored(value: string): TemplateResult[] {
	const runs = value.match(/\d+|[A-Za-z]+|[^\dA-Za-z]+/g) ?? [];
	return runs.map((run) => html`<span class=${kindOf(run)}>${run}</span>`);
}

function kindOf(run: string): "digit" | "letter" | "symbol" {
	if (/^\d/.test(run)) return "digit";
	return /^[A-Za-z]/.test(run) ? "letter" : "symbol";
}

const LEVELS = { weak: 1, fair: 2, strong: 3 } as const;
const WORDS = {
	weak: "generator_weak",
	fair: "generator_fair",
	strong: "generator_strong",
} as const satisfies Record<keyof typeof LEVELS, Key>;

/** How hard it is to guess: a word, the bits, and a bar of three. */
export function strengthOf(made: Value): TemplateResult | typeof nothing {
	if (made.strength === null) return nothing;
	const level = LEVELS[made.strength];
	const bits = t(made.bound === "exactly" ? "generator_bits" : "generator_bits_least", { n: made.bits });
	return html`<div class="strength l${level}">
		<div class="bars" aria-hidden="true">
			${[1, 2, 3].map((bar) => html`<i class=${bar <= level ? "on" : ""}></i>`)}
		</div>
		<p role="status">
			${icon(level === 1 ? "warn" : "done")}<span>${t("strength")}: <b>${t(WORDS[made.strength])}</b> · ${bits}</span>
		</p>
	</div>`;
}
