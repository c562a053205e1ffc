// How well the forms of tests/forms are understood: each page in a real browser, the extension's reader, the core's
// rules. What is wrong is told by name for `corpus`; of `frozen` nothing but figures (its README says why).
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { chromium as browsers } from "@playwright/test";
import { build } from "esbuild";
import { at, chromium, isRoot, run, target } from "./machine.mjs";

const SETTLED = 5_000;

/**
 * Prints how well the pages of some folders are understood, for each of `kinds`; of both, where none is named.
 * `corpus/401-460` is those of a folder with these numbers.
 */
export async function score(folders, kinds) {
	await run("cargo", ["build", "--quiet", "-p", "sigill-core", "--example", "understand"]);
	const reader = await bundle();
	const browser = await browsers.launch({
		executablePath: chromium(),
		args: isRoot ? ["--no-sandbox"] : [],
	});
	const page = await browser.newPage();
	for (const asked of folders.length > 0 ? folders : ["corpus", "frozen"]) {
		const [folder, numbers] = asked.split("/");
		const seen = [];
		for (const name of pagesIn(folder, numbers)) seen.push(...(await read(page, reader, folder, name)));
		const understood = await understand(seen.map(({ description }) => description));
		const judged = seen.map((page, index) => ({ ...page, ...judge(page, understood[index]) }));
		print(asked, judged, kinds);
		if (folder === "corpus") for (const page of judged) printWrong(page);
	}
	await browser.close();
}

function pagesIn(folder, numbers = "000-999") {
	const [first, last = first] = numbers.split("-");
	const files = readdirSync(at("tests", "forms", folder));
	return files
		.filter((file) => file.endsWith(".json") && file.slice(0, 3) >= first && file.slice(0, 3) <= last)
		.map((file) => file.replace(/\.json$/, ""));
}

/** The reader, as a script that leaves `sigillRead` in the page. */
async function bundle() {
	const { outputFiles } = await build({
		stdin: {
			contents: `import { read } from "./extension/content/reader.ts"; globalThis.sigillRead = read;`,
			resolveDir: at(),
			loader: "ts",
		},
		bundle: true,
		write: false,
		format: "iife",
		target: "chrome120",
	});
	return outputFiles[0].text;
}

/** The documents of a page, each with its description and the handles that are expected. */
async function read(page, reader, folder, name) {
	const expected = JSON.parse(readFileSync(at("tests", "forms", folder, `${name}.json`), "utf8"));
	await page.route("**/*", (route) => {
		const file = new URL(route.request().url()).pathname.split("/").at(-1);
		const body = file.endsWith(".frame.html") ? file : `${name}.html`;
		if (route.request().resourceType() !== "document") return route.abort();
		return route.fulfill({ contentType: "text/html; charset=utf-8", body: html(folder, body) });
	});
	await page.goto(expected.url);
	for (const selector of expected.before ?? []) await page.click(selector);
	if (expected.settles) {
		await page.waitForSelector(expected.settles, { state: "attached", timeout: SETTLED });
	}
	const documents = [{ name, frame: page.mainFrame(), expected }];
	for (const [selector, of] of Object.entries(expected.frames ?? {})) {
		const frame = await (await page.$(selector)).contentFrame();
		documents.push({ name: `${name} ${selector}`, frame, expected: of });
	}
	const seen = [];
	for (const { frame, ...document } of documents) seen.push(await look(frame, reader, document));
	await page.unroute("**/*");
	return seen;
}

/** Closed roots are opened here; in the extension the browser hands them over. */
function html(folder, file) {
	const text = readFileSync(at("tests", "forms", folder, file), "utf8");
	return text
		.replaceAll(/shadowrootmode="closed"/g, 'shadowrootmode="open"')
		.replaceAll(/mode: ?"closed"/g, 'mode: "open"');
}

async function look(frame, reader, document) {
	await frame.evaluate(reader);
	const selectors = selectorsOf(document.expected);
	const { description, handles } = await frame.evaluate((selectors) => {
		const { description, controls, buttons } = globalThis.sigillRead();
		const find = (selector) =>
			selector
				.split(" >>> ")
				.reduce(
					(root, part, index) => (index > 0 ? root?.shadowRoot : root)?.querySelector(part),
					globalThis.document,
				);
		const handles = selectors.map((selector) => {
			const element = find(selector);
			return [
				selector,
				{
					control: controls.indexOf(element),
					button: buttons.findIndex((button) => button === element || element?.contains(button)),
				},
			];
		});
		return { description, handles };
	}, selectors);
	if (document.expected.url) description.url = document.expected.url;
	return { ...document, description, handles: new Map(handles) };
}

function selectorsOf({ forms, never }) {
	const ofForm = ({ fields, reads = {}, submit }) => [
		...Object.values(fields).flat(),
		...Object.values(reads),
		...(submit ? [submit] : []),
	];
	return [...forms.flatMap(ofForm), ...never];
}

async function understand(descriptions) {
	const child = spawn(`${target}/debug/examples/understand`, { stdio: ["pipe", "pipe", "inherit"] });
	child.stdin.end(descriptions.map((description) => `${JSON.stringify(description)}\n`).join(""));
	let output = "";
	for await (const chunk of child.stdout.setEncoding("utf8")) output += chunk;
	return output
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line));
}

/** Found and expected forms in one notation, and which of them are right. */
function judge({ expected, handles, description }, found) {
	const index = (selector, kind) => handles.get(selector)?.[kind] ?? -1;
	const wanted = expected.forms.map(({ kind, fields, reads = {}, submit }) => ({
		kind,
		fields: notation(fields, (selector) => index(selector, "control")),
		reads: notation(reads, (selector) => index(selector, "control")),
		submit: submit === undefined ? null : index(submit, "button"),
	}));
	const got = found.map(({ kind, fields, reads, submit }) => ({
		kind,
		fields: fields.map(({ field, controls }) => `${field}=${controls}`).sort(),
		reads: reads.map(({ field, controls }) => `${field}=${controls}`).sort(),
		submit,
	}));
	const filled = new Set(found.flatMap(({ fields }) => fields.flatMap(({ controls }) => controls)));
	const never = expected.never.map((selector) => index(selector, "control"));
	const left = [...got];
	const right = wanted.map((form) => {
		const position = left.findIndex(
			(other) => other.kind === form.kind && `${other.fields}` === `${form.fields}`,
		);
		return position < 0 ? undefined : left.splice(position, 1)[0];
	});
	return {
		wanted,
		got,
		right,
		trapped: never.filter((control) => filled.has(control)),
		controls: description.controls,
	};
}

function notation(fields, index) {
	return Object.entries(fields)
		.map(([field, selectors]) => `${field}=${[selectors].flat().map(index)}`)
		.sort();
}

function print(folder, pages, kinds) {
	console.log(`\n${folder}: ${pages.length} documents`);
	console.log("  kind               expected  found  right  precision  recall | fields precision  recall");
	for (const kind of kinds) printRow(kind, pages, (form) => form.kind === kind);
	printRow("all", pages, () => true);
	const sum = (count) => pages.reduce((all, page) => all + count(page), 0);
	const rights = pages.flatMap(({ wanted, right }) =>
		wanted.flatMap((form, index) => (right[index] ? [[form, right[index]]] : [])),
	);
	const submits = rights.filter(([form, got]) => form.submit === null || form.submit === got.submit).length;
	const reads = rights.filter(([form, got]) => `${form.reads}` === `${got.reads}`).length;
	console.log(
		`  of ${rights.length} right forms the button is right in ${submits}, what is read in ${reads}`,
	);
	console.log(`  filled though never to be filled: ${sum(({ trapped }) => trapped.length)} controls`);
}

function printRow(kind, pages, is) {
	const wanted = pages.flatMap((page) => page.wanted.filter(is));
	const got = pages.flatMap((page) => page.got.filter(is));
	const right = pages.flatMap((page) => page.right.filter((form) => form && is(form))).length;
	const fields = pages.map((page) => {
		const of = (forms) =>
			forms.filter(is).flatMap((form) => form.fields.map((field) => `${form.kind} ${field}`));
		const [expected, found] = [of(page.wanted), of(page.got)];
		return { expected, found, right: expected.filter((field) => found.includes(field)) };
	});
	const count = (list) => fields.reduce((all, page) => all + page[list].length, 0);
	const cells = [wanted.length, got.length, right].map((number, index) =>
		`${number}`.padStart([8, 7, 7][index]),
	);
	const rates = [share(right, got.length), share(right, wanted.length)];
	const ofFields = [share(count("right"), count("found")), share(count("right"), count("expected"))];
	console.log(
		`  ${kind.padEnd(19)}${cells.join("")}  ${rates[0].padStart(9)}  ${rates[1].padStart(6)} | ${ofFields[0].padStart(16)}  ${ofFields[1].padStart(6)}`,
	);
}

function share(part, whole) {
	return whole === 0 ? "–" : (part / whole).toFixed(3);
}

function printWrong({ name, wanted, got, right, trapped }) {
	const missed = wanted.filter((_, index) => !right[index]);
	const extra = got.filter((form) => !right.includes(form));
	const line = ({ kind, fields }) => `${kind} {${fields.join(" ")}}`;
	for (const form of missed) console.log(`  ${name}: wanted ${line(form)}`);
	for (const form of extra) console.log(`  ${name}:    got ${line(form)}`);
	if (trapped.length > 0) console.log(`  ${name}: filled ${trapped} though never to be filled`);
	wanted.forEach((form, index) => {
		const other = right[index];
		if (!other) return;
		if (form.submit !== null && form.submit !== other.submit) {
			console.log(`  ${name}: button ${other.submit} instead of ${form.submit}`);
		}
		if (`${form.reads}` !== `${other.reads}`)
			console.log(`  ${name}: reads ${other.reads} instead of ${form.reads}`);
	});
}
