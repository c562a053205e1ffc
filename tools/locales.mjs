// Both languages say the same things: same keys, same places to fill in, nothing left empty.
import { readFileSync } from "node:fs";
import { at } from "./machine.mjs";

/** Throws when a text is missing, empty, or has other places than its counterpart. */
export function checkLocales() {
	const [en, sv] = ["en", "sv"].map((language) =>
		JSON.parse(readFileSync(at("_locales", language, "messages.json"), "utf8")),
	);
	const wrong = [...new Set([...Object.keys(en), ...Object.keys(sv)])].flatMap((key) =>
		faults(key, en[key], sv[key]),
	);
	for (const fault of wrong) console.log(`  ${fault}`);
	if (wrong.length > 0) throw new Error(`${wrong.length} texts differ between the languages`);
	console.log(`  ${Object.keys(en).length} texts in both languages`);
}

function faults(key, en, sv) {
	if (!en?.message || !sv?.message) return [`${key} is missing or empty in ${en?.message ? "sv" : "en"}`];
	const found = [];
	if (places(en.message) !== places(sv.message)) found.push(`${key} has other places in sv`);
	if (sv.message.includes("!")) found.push(`${key} exclaims in sv`);
	return found;
}

const places = (message) => [...new Set(message.match(/\{\w+\}/g) ?? [])].sort().join();
