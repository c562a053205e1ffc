// `npm run bench`: Sigill beside other libraries, in headless Chromium, in the same run, in turns, each sample in a
// fresh worker. Prints medians of ROUNDS with their spread, and ratios; fails where a limit is missed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { build, buildWasm } from "../tools/build.mjs";
import { at, chromium, Missing, run } from "../tools/machine.mjs";
import { entries, lines, TYPED } from "./entries.js";
import { measureExtension } from "./extension.mjs";
import { Report } from "./numbers.mjs";
import { serve } from "./server.mjs";

const ROUNDS = 7;
const ITEMS = 10_000;
const MANY = 50_000;
const PEERS = at("bench", "node_modules");

const CORE = {
	crate: "bench/core",
	out: "out/bench/core",
	script: "sigill_bench.js",
	sources: ["bench/core/Cargo.toml", "bench/core/src", "crate/core/Cargo.toml", "crate/core/src"],
};

const ARGON2 = { algorithm: "argon2id", memory: 65_536, iterations: 3, parallelism: 4 };
const PBKDF2 = { algorithm: "pbkdf2", iterations: 600_000 };

/** What can be measured by name: `npm run bench -- open search`. */
const parts = { open, derive, search, extension };

export async function bench(wanted) {
	if (!chromium()) throw new Missing("Chromium", "apt-get install --no-install-recommends chromium");
	await installPeers();
	if (wanted.length === 0 || wanted.some((part) => part !== "open" && part !== "search")) await build();
	await buildWasm(CORE);
	const report = new Report();
	for (const [name, measure] of Object.entries(parts)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		console.log(`\n${name}: medians of ${ROUNDS}, from the least to the most`);
		await measure(report);
	}
	if (report.missed > 0) throw new Error(`${report.missed} limits missed`);
}

/** The peers are installed by this alone; without a registry there is nothing to compare with, and it is said. */
async function installPeers() {
	if (existsSync(join(PEERS, "minisearch"))) return;
	try {
		await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: at("bench"), quiet: true });
	} catch (error) {
		throw new Missing("the peers' packages", `npm's registry has to be in reach (${error.message})`);
	}
}

async function open(report) {
	await onPage(async (page) => {
		await keep(page, "core", "core-seal", { lines: lines(entries(ITEMS)) });
		await keep(page, "bitwarden", "bitwarden-seal", { entries: entries(ITEMS) });
		const subjects = { "core-open": "core", "core-index": "core", "bitwarden-open": "bitwarden" };
		const times = await inTurns(page, subjects);
		const peer = times["bitwarden-open"];
		report.ratio("10,000 items, every field / decrypt_list", times["core-open"], peer, 0.15);
		report.ratio("10,000 items to a searchable list / decrypt_list", times["core-index"], peer, 0.035);
	});
}

async function derive(report) {
	await onPage(async (page) => {
		await page.evaluate((kept) => Object.assign(window, { kept }), { ARGON2, PBKDF2, none: {} });
		const argon2 = await inTurns(page, { "sigill-derive": "ARGON2", "bitwarden-argon2": "none" });
		report.ratio(
			"Argon2id 64 MiB, 3, 4 / derive_kdf_material",
			argon2["sigill-derive"],
			argon2["bitwarden-argon2"],
			0.7,
		);
		const pbkdf2 = await inTurns(page, { "sigill-derive": "PBKDF2", "webcrypto-pbkdf2": "PBKDF2" });
		report.ratio("PBKDF2, 600,000 / WebCrypto", pbkdf2["sigill-derive"], pbkdf2["webcrypto-pbkdf2"], 1.15);
	});
}

async function search(report) {
	await onPage(async (page) => {
		const list = entries(MANY);
		await keep(page, "sealed", "core-seal", { lines: lines(list) });
		await page.evaluate((given) => Object.assign(window.kept, given), { list, typed: TYPED });
		await page.evaluate(() => {
			window.kept.core = { sealed: window.kept.sealed, typed: window.kept.typed };
			window.kept.peer = { entries: window.kept.list, typed: window.kept.typed };
		});
		const values = {};
		await inTurns(page, { "core-search": "core", minisearch: "peer" }, { values });
		await inTurns(page, { fuse: "peer" }, { values, rounds: 3 });
		const of = (subject, which) => values[subject].map((value) => value[which]);
		report.time("50,000 items, a keystroke in the core, 100 rows", of("core-search", "median"), 1);
		report.time("  the worst of them", of("core-search", "worst"));
		report.time("  the worst of an instance that is cold", of("core-search", "cold"));
		report.ratio("  / MiniSearch", of("core-search", "median"), of("minisearch", "median"));
		report.ratio("  / Fuse.js", of("core-search", "median").slice(0, 3), of("fuse", "median"));
	});
}

async function extension(report) {
	await onPage(async (page) => {
		const bundle = async (count) => (await sample(page, "core-bundle", lines(entries(count)))).value;
		await measureExtension(report, { rounds: ROUNDS, few: await bundle(ITEMS), many: await bundle(MANY) });
	});
}

/** A page in a browser of its own. */
async function onPage(use) {
	const server = await serve();
	const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
	const browser = await playwright.launch({ executablePath: chromium(), args: sandbox });
	try {
		const page = await browser.newPage();
		page.on("pageerror", (error) => console.error(error));
		await page.goto(server.url);
		await page.evaluate(() => Object.assign(window, { kept: {} }));
		await use(page);
	} finally {
		await browser.close();
		server.stop();
	}
}

/** Rounds of one sample of each subject, each time in another order; the times of each. */
async function inTurns(page, subjects, { values = {}, rounds = ROUNDS } = {}) {
	const names = Object.keys(subjects);
	const times = Object.fromEntries(names.map((name) => [name, []]));
	for (let round = 0; round < rounds; round += 1) {
		for (const step of names.keys()) {
			const name = names[(round + step) % names.length];
			const { ms, value } = await sample(page, name, undefined, subjects[name]);
			times[name].push(ms);
			values[name] = [...(values[name] ?? []), value];
		}
	}
	return times;
}

/** Runs a subject in a fresh worker, and keeps in the page what it answers. */
async function keep(page, name, subject, input) {
	await sample(page, subject, input, undefined, name);
}

async function sample(page, subject, input, from, into) {
	const answer = await page.evaluate(
		([subject, input, from, into]) =>
			new Promise((done) => {
				const worker = new Worker("subject.worker.js", { type: "module" });
				worker.onerror = (event) => done({ error: `${subject}: ${event.message}` });
				worker.onmessage = ({ data }) => {
					worker.terminate();
					if (into === undefined || data.error) return done(data);
					window.kept[into] = data.value;
					done({ ms: data.ms });
				};
				worker.postMessage({ subject, input: from === undefined ? input : window.kept[from] });
			}),
		[subject, input, from, into],
	);
	if (answer.error) throw new Error(answer.error);
	return answer;
}
