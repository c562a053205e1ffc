import { readFileSync } from "node:fs";

export type Language = "en" | "sv";
export type Texts = (key: string, params?: Readonly<Record<string, string | number>>) => string;

function catalogue(language: Language): Record<string, { message: string } | undefined> {
	return JSON.parse(
		readFileSync(new URL(`../../_locales/${language}/messages.json`, import.meta.url), "utf8"),
	);
}

const catalogues = { en: catalogue("en"), sv: catalogue("sv") };

/** The texts that a person reads, by their keys. A key that is gone fails the test that names it. */
export function texts(language: Language): Texts {
	return (key, params = {}) => {
		const message = catalogues[language][key]?.message;
		if (message === undefined) throw new Error(`no text ${key} in ${language}`);
		return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
	};
}

/** Matches a text whatever stands in the places that `params` leaves open. */
export function pattern(text: string): RegExp {
	const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	return new RegExp(parts.join(".+"));
}
