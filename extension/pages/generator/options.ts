import { html, type TemplateResult } from "lit";
import { type Choices, RANGES } from "../../storage/index.ts";
import { textField } from "../../ui/field.ts";
import { type Key, t } from "../../ui/text.ts";
import { choose, numberField, slider, tick } from "./controls.ts";
import { listOf, type Mail } from "./make.ts";

type Set = (changes: Partial<Choices>) => void;

const SETS = [
	["lower", "leastLower", "generator_lower", "generator_least_lower"],
	["upper", "leastUpper", "generator_upper", "generator_least_upper"],
	["digits", "leastDigits", "generator_digits", "generator_least_digits"],
	["symbols", "leastSymbols", "generator_symbols", "generator_least_symbols"],
] as const satisfies readonly (readonly [keyof Choices, keyof Choices, Key, Key])[];

/** What a password is made of. */
export function passwordOptions(chosen: Choices, set: Set): TemplateResult {
	return html`${slider({
		id: "length",
		label: t("generator_length"),
		value: chosen.length,
		range: RANGES.length,
		set: (length) => set({ length }),
	})}
		<fieldset class="sets">
			<legend>${t("generator_sets")}</legend>
			${SETS.map(([name, , label]) => tick(t(label), chosen[name], (on) => set({ [name]: on })))}
		</fieldset>
		<details>
			<summary>${t("generator_more")}</summary>
			<div class="stack tight">
				${tick(t("generator_clear"), chosen.clear, (clear) => set({ clear }))}
				<fieldset>
					<legend>${t("generator_least")}</legend>
					<div class="numbers">
						${SETS.map(([, least, , label]) =>
							numberField({
								id: least,
								label: t(label),
								value: chosen[least],
								range: RANGES[least],
								set: (number) => set({ [least]: number }),
							}),
						)}
					</div>
				</fieldset>
				<p class="hint">${t("generator_scale")}</p>
			</div>
		</details>`;
}

const SEPARATORS: readonly [Choices["separator"], Key][] = [
	["hyphen", "generator_mark_hyphen"],
	["space", "generator_mark_space"],
	["full_stop", "generator_mark_full_stop"],
	["underscore", "generator_mark_underscore"],
	["comma", "generator_mark_comma"],
];

/** What a passphrase is made of. */
export function passphraseOptions(chosen: Choices, set: Set): TemplateResult {
	return html`${slider({
		id: "words",
		label: t("generator_words"),
		value: chosen.words,
		range: RANGES.words,
		set: (words) => set({ words }),
	})}
		<div class="pair">
			${choose(
				{ id: "separator", label: t("generator_separator"), value: chosen.separator },
				SEPARATORS.map(named),
				(separator) => set({ separator }),
			)}
			${wordList(chosen, set)}
		</div>
		<div>
			${tick(t("generator_capitals"), chosen.capitals, (capitals) => set({ capitals }))}
			${tick(t("generator_number"), chosen.number, (number) => set({ number }))}
		</div>
		<details>
			<summary>${t("generator_more")}</summary>
			<p class="hint">${t("generator_scale")}</p>
		</details>`;
}

const JOINTS: readonly [Choices["joint"], Key][] = [
	["none", "generator_mark_none"],
	["full_stop", "generator_mark_full_stop"],
	["underscore", "generator_mark_underscore"],
	["hyphen", "generator_mark_hyphen"],
];

/** What a user name is made of. */
export function userNameOptions(chosen: Choices, set: Set): TemplateResult {
	return html`<div class="pair">
			${choose(
				{ id: "joint", label: t("generator_separator"), value: chosen.joint },
				JOINTS.map(named),
				(joint) => set({ joint }),
			)}
			${wordList(chosen, set)}
		</div>
		${slider({
			id: "name-digits",
			label: t("generator_name_digits"),
			value: chosen.nameDigits,
			range: RANGES.nameDigits,
			set: (nameDigits) => set({ nameDigits }),
		})}
		<div>${tick(t("generator_capitals"), chosen.nameCapitals, (nameCapitals) => set({ nameCapitals }))}</div>`;
}

/** What an address for one site is made of. */
export function addressOptions(mail: Mail, set: (mail: Partial<Mail>) => void): TemplateResult {
	return html`${textField(
		{
			id: "mail-address",
			label: t("generator_address"),
			hint: t("generator_address_hint"),
			value: mail.address,
			autocomplete: "email",
			input: (address) => set({ address }),
		},
		"email",
	)}
	${textField({
		id: "mail-tag",
		label: t("generator_tag"),
		hint: t("generator_tag_hint"),
		value: mail.tag,
		input: (tag) => set({ tag }),
	})}`;
}

function wordList(chosen: Choices, set: Set): TemplateResult {
	return choose(
		{ id: "list", label: t("generator_list"), value: listOf(chosen) },
		[
			["english", t("generator_list_english")],
			["swedish", t("generator_list_swedish")],
		],
		(list) => set({ list }),
	);
}

function named<T>([value, key]: readonly [T, Key]): [T, string] {
	return [value, t(key)];
}
