import type en from "../../_locales/en/messages.json";
import type sv from "../../_locales/sv/messages.json";

/** Every text is named; a wrong name is a type error. */
export type Key = keyof typeof en;

/** Keys that come as `…_one` and `…_other`. */
export type CountKey = Key extends infer One ? (One extends `${infer Stem}_one` ? Stem : never) : never;

type Missing = Exclude<Key, keyof typeof sv> | Exclude<keyof typeof sv, Key>;
/** Mails and text messages have keys of their own, that no page asks for. */
type MissingPlural = Exclude<`${Exclude<CountKey, `mail_${string}` | "text_no">}_other`, Key>;

/** Does not compile while a text stands in one language only; the error names it. */
export const COMPLETE: [Missing | MissingPlural] extends [never] ? true : [Missing | MissingPlural] = true;

export type Language = "en" | "sv";
export type Params = Readonly<Record<string, string | number>>;

interface Catalogue {
	language: Language;
	texts: Readonly<Record<string, { message: string }>>;
	plural: Intl.PluralRules;
	number: Intl.NumberFormat;
	date: Intl.DateTimeFormat;
	moment: Intl.DateTimeFormat;
	time: Intl.DateTimeFormat;
}

let catalogue: Catalogue | undefined;

function current(): Catalogue {
	if (!catalogue) throw new Error("texts are loaded before the first view");
	return catalogue;
}

/** `auto` is the browser's language where we speak it, else English. */
export function languageOf(choice: "auto" | Language): Language {
	if (choice !== "auto") return choice;
	return chrome.i18n.getUILanguage().toLowerCase().startsWith("sv") ? "sv" : "en";
}

/** Loads the catalogue that all texts of this page come from. */
export async function loadTexts(language: Language): Promise<void> {
	const answer = await fetch(chrome.runtime.getURL(`_locales/${language}/messages.json`));
	const locale = language === "sv" ? "sv-SE" : "en-GB";
	catalogue = {
		language,
		texts: await answer.json(),
		plural: new Intl.PluralRules(locale),
		number: new Intl.NumberFormat(locale),
		date: new Intl.DateTimeFormat(locale, { dateStyle: "long" }),
		moment: new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }),
		time: new Intl.DateTimeFormat(locale, { timeStyle: "short" }),
	};
	document.documentElement.lang = language;
}

export function language(): Language {
	return current().language;
}

function shown(value: string | number): string {
	return typeof value === "number" ? current().number.format(value) : value;
}

function lookUp(key: string): string | undefined {
	return current().texts[key]?.message;
}

function fill(message: string, params: Params): string {
	return message.replace(/\{(\w+)\}/g, (whole, name: string) => {
		const value = params[name];
		return value === undefined ? whole : shown(value);
	});
}

/** The text of that name, its `{places}` filled in. */
export function t(key: Key, params: Params = {}): string {
	return fill(lookUp(key) ?? key, params);
}

/** The text for `n` things; `{n}` is filled in. */
export function count(key: CountKey, n: number, params: Params = {}): string {
	const form = current().plural.select(n) === "one" ? "one" : "other";
	return fill(lookUp(`${key}_${form}`) ?? key, { ...params, n });
}

/** The text of a name that came from the core, if we have it. */
export function textOf(key: string, params: Params = {}): string | undefined {
	const message = lookUp(key);
	return message === undefined ? undefined : fill(message, params);
}

/** A text in pieces, so that some of its places can be elements. */
export function pieces<T>(key: Key, params: Readonly<Record<string, T>>): (string | T)[] {
	return (lookUp(key) ?? key).split(/(\{\w+\})/).map((piece) => {
		const name = /^\{(\w+)\}$/.exec(piece)?.[1];
		const value = name === undefined ? undefined : params[name];
		return value ?? piece;
	});
}

/** "one, two or three", as the language has it. */
export function listed(things: readonly string[]): string {
	return new Intl.ListFormat(current().language, { type: "disjunction" }).format(things);
}

/** Seconds since 1970 as a day. A date is written in one way only, its month as a word, and with its time or without
 * never broken into two lines. */
export function day(at: number): string {
	return whole(current().date.format(at * 1000));
}

/** Seconds since 1970 as a day and a time. */
export function moment(at: number): string {
	return whole(current().moment.format(at * 1000));
}

const whole = (date: string): string => date.replaceAll(" ", "\u00a0");

/** Seconds since 1970 as a time of day. */
export function clock(at: number): string {
	return current().time.format(at * 1000);
}

/** Bytes, as people write them. */
export function bytes(size: number): string {
	const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
	const step = size < 1000 ? 0 : size < 1_000_000 ? 1 : size < 1_000_000_000 ? 2 : 3;
	const number = new Intl.NumberFormat(current().language, {
		style: "unit",
		unit: units[step] ?? "byte",
		maximumFractionDigits: 1,
	});
	return number.format(size / 1000 ** step);
}
