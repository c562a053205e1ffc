// `node tools/forms.mjs`: looks over the forms of tests/forms (its README says what they hold) and counts them.
// `node tools/forms.mjs score`: tells how well they are understood (tools/forms-score.mjs).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { at } from "./machine.mjs";

const KINDS =
	"sign_in sign_up change_password one_time_code card address identity user_name_step forgotten".split(" ");
const FIELDS = `username password new_password confirm_password current_password one_time_code pin
	card_number card_holder card_expiry card_expiry_month card_expiry_year card_code
	name given_name family_name email confirm_email phone birth_date birth_day birth_month birth_year
	national_id passport_number license_number organization
	street house_number street_2 postal_code city region country`.split(/\s+/);
const PAGE = {
	must: ["language", "url", "structure", "forms", "never"],
	may: ["before", "settles", "frames"],
};
const FRAME = { must: ["origin", "forms", "never"], may: ["url"] };
const FORM = { must: ["kind", "fields"], may: ["reads", "submit"] };

const faults = [];
const numbers = new Set();
const [command, ...folders] = process.argv.slice(2);
if (command === "score") await (await import("./forms-score.mjs")).score(folders, KINDS);
else lookOver();

function lookOver() {
	for (const folder of ["frozen", "corpus"]) {
		const pages = pagesIn(folder).map(({ expected }) => expected);
		const kinds = pages.map((page) => formsOf(page).map(({ kind }) => kind));
		console.log(`${folder}: ${pages.length} pages, ${kinds.flat().length} forms`);
		print("forms of a kind", kinds.flat());
		print(
			"pages in a language",
			pages.map(({ language }) => language),
		);
		console.log(`  pages with sign-in: ${kinds.filter((of) => of.includes("sign_in")).length}`);
		console.log(`  pages with nothing to fill: ${kinds.filter((of) => of.length === 0).length}`);
	}
	for (const fault of faults) console.log(`WRONG ${fault}`);
	if (faults.length > 0) process.exitCode = 1;
}

function pagesIn(folder) {
	const files = readdirSync(at("tests", "forms", folder));
	const names = new Set(files.map((file) => file.replace(/(\.\w+)?\.frame\.html$|\.html$|\.json$/, "")));
	return [...names].sort().flatMap((name) => {
		for (const end of [".html", ".json"]) {
			if (!files.includes(name + end)) return wrong(name, `has no ${end}`);
		}
		const page = { name, folder, expected: JSON.parse(read(folder, `${name}.json`)) };
		look(page, files);
		return [page];
	});
}

function look({ name, folder, expected }, files) {
	const html = read(folder, `${name}.html`);
	const number = /^(\d{3})-[a-z0-9-]+$/.exec(name)?.[1];
	if (!number || numbers.has(number)) wrong(name, "is not named NNN-short-name with a number of its own");
	numbers.add(number);
	keys(name, expected, PAGE);
	fields(name, expected, html);
	const used = Object.entries(expected.frames ?? {}).map(([selector, frame]) => {
		keys(`${name} ${selector}`, frame, FRAME);
		if (!["same", "other"].includes(frame.origin)) wrong(name, `${selector}: origin ${frame.origin}`);
		const tags = html.match(/<iframe(?:"[^"]*"|[^">])*>/g) ?? [];
		const tag = tags.find((tag) => tag.includes(`id="${selector.slice(1)}"`)) ?? "";
		const source = / src="([^"]+)"/.exec(tag)?.[1];
		if (source && !existsSync(at("tests", "forms", folder, source))) wrong(name, `${source} is missing`);
		else fields(`${name} ${selector}`, frame, source ? read(folder, source) : tag);
		return source;
	});
	for (const file of files.filter((file) => file.startsWith(name) && file.endsWith(".frame.html"))) {
		if (!used.includes(file)) wrong(name, `${file} is in no frame`);
	}
}

/** What a page or frame expects: known kinds and fields, nothing both filled and never filled, all there in the text. */
function fields(name, { forms = [], never = [], before = [], settles = [], frames = {} }, html) {
	const filled = forms.flatMap((form) => {
		keys(name, form, FORM);
		if (!KINDS.includes(form.kind)) wrong(name, `kind ${form.kind}`);
		for (const field of Object.keys({ ...form.fields, ...form.reads })) {
			if (!FIELDS.includes(field)) wrong(name, `field ${field}`);
		}
		return Object.values(form.fields).flat();
	});
	for (const selector of never) {
		if (filled.includes(selector)) wrong(name, `${selector} is to be filled, and never`);
	}
	const others = forms.flatMap(({ reads = {}, submit = [] }) => [...Object.values(reads), submit].flat());
	for (const selector of [filled, never, others, before, settles, Object.keys(frames)].flat(2)) {
		for (const [attribute, value] of namedIn(selector)) {
			if (!has(html, attribute, value)) wrong(name, `${selector}: no ${attribute} ${value}`);
		}
	}
}

/** The ids and names that a selector speaks of. */
function namedIn(selector) {
	const ids = selector.replaceAll(/\[[^\]]*\]/g, "").matchAll(/#([\w-]+)/g);
	const attributes = selector.matchAll(/\[(id|name)=(['"]?)(.+?)\2\]/g);
	return [
		...[...ids].map((match) => ["id", match[1]]),
		...[...attributes].map((match) => [match[1], match[3]]),
	];
}

function has(html, attribute, value) {
	const literal = value.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(`\\b${attribute}\\s*=\\s*(["']${literal}["']|${literal}(?![\\w-]))`, "i").test(html);
}

function keys(name, value, { must, may }) {
	for (const key of must) if (!(key in value)) wrong(name, `lacks ${key}`);
	for (const key of Object.keys(value)) if (![...must, ...may].includes(key)) wrong(name, `key ${key}`);
}

function wrong(name, what) {
	faults.push(`${name}: ${what}`);
	return [];
}

function read(folder, file) {
	return readFileSync(at("tests", "forms", folder, file), "utf8");
}

function formsOf(page) {
	return [page, ...Object.values(page.frames ?? {})].flatMap(({ forms = [] }) => forms);
}

function print(title, values) {
	const counts = new Map();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	const sorted = [...counts].sort(([, one], [, other]) => other - one);
	console.log(`  ${title}: ${sorted.map(([value, count]) => `${value} ${count}`).join(", ")}`);
}
