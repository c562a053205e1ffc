import { type Key, t } from "../../ui/text.ts";
import type { Rule } from "../../wasm/sigill.js";

/** What each rule is called, and what it means where it is another than most have. */
export const RULES: Readonly<Record<Rule, { readonly name: Key; readonly hint?: Key }>> = {
	domain: { name: "rule_domain" },
	host: { name: "rule_host", hint: "rule_host_hint" },
	starts_with: { name: "rule_starts_with", hint: "rule_starts_with_hint" },
	exact: { name: "rule_exact", hint: "rule_exact_hint" },
	never: { name: "rule_never", hint: "rule_never_hint" },
};

export function isRule(name: string | undefined): name is Rule {
	return name !== undefined && Object.hasOwn(RULES, name);
}

/** Addresses that stood there before, one a line, each with its rule after a tab where that is another than most have. */
export function urlsTold(lines: string): string {
	const told = (line: string) => {
		const [, text, rule] = /^(.*)\t(\w+)$/.exec(line) ?? [];
		return isRule(rule) ? `${text} · ${t(RULES[rule].name)}` : line;
	};
	return lines.split("\n").map(told).join("\n");
}
