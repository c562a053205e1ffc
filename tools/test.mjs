// `npm test`: sets up, then everything that must hold. `npm test -- NAME…` runs only the stages named.
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { checkLocales } from "./locales.mjs";
import { at, chromium, find, firefox, inMemory, Missing, result, seconds } from "./machine.mjs";
import { startPostgres } from "./postgres.mjs";
import { checkProofs } from "./proofs.mjs";
import { testService } from "./service.mjs";
import { setup } from "./setup.mjs";
import { checkSizes } from "./sizes.mjs";
import { wasmEnvironment } from "./wasm-target.mjs";

const ALL = ["--workspace", "--features", "sigill-service/test-clock"];
const CRATES = ["sigill", "sigill-page", "sigill-passkey", "sigill-transfer"];
/** As they are built: the session's crate twice. */
const WASM = [
	CRATES.flatMap((name) => ["--package", name]),
	["--package", "sigill", "--no-default-features"],
];
const NO_CHROMIUM = new Missing(
	"Chromium",
	"apt-get install --no-install-recommends chromium chromium-driver",
);
const NO_FIREFOX = new Missing("Firefox", "apt-get install --no-install-recommends firefox-esr");
const NO_POSTGRES = new Missing("PostgreSQL", "apt-get install --no-install-recommends postgresql");

const stages = {
	"set-up": () => setup("test"),
	format: () => program("cargo", ["fmt", "--all", "--check"]),
	clippy: () => program("cargo", ["clippy", ...ALL, "--all-targets", "--", "--deny", "warnings"]),
	"clippy-wasm": clippyWasm,
	texts: checkLocales,
	proofs: checkProofs,
	rust,
	"wasm-tests": wasmTests,
	build: awaitBuild,
	biome: () => program("biome", ["check", "--error-on-warnings"]),
	types: () => program("tsc", ["--project", "."]),
	"types-tests": () => program("tsc", ["--project", "tests"]),
	sizes: checkSizes,
	packages,
	"web-ext": lintFirefox,
	journeys,
	firefox: inFirefox,
};

/** The build of the extension, once it was begun. */
let built;
const count = { passed: 0, failed: 0 };
const skipped = [];
/** What failed, or held only when it was tried again: its name goes beside the figures, at the foot. */
const named = [];
const table = [];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in stages));
if (unknown.length > 0) {
	console.error(`no such stage: ${unknown.join(", ")}; there are ${Object.keys(stages).join(", ")}`);
	process.exit(2);
}
await all();
report();

async function all() {
	for (const [name, stage] of Object.entries(stages)) {
		if (wanted.length > 0 && !wanted.includes(name)) continue;
		const good = await take(name, stage);
		if (!good && name === "set-up") return;
		if (name === "set-up" && wanted.length === 0) void building();
	}
}

async function take(name, stage) {
	const begun = performance.now();
	const before = { ...count };
	console.log(`\n▶ ${name}`);
	let outcome = "ok";
	try {
		await stage();
		// A stage that counts no tests counts as one.
		if (count.passed === before.passed) count.passed += 1;
	} catch (error) {
		if (error instanceof Missing && name !== "set-up") {
			skip(error);
			outcome = "skipped";
		} else {
			console.error(error.message);
			if (count.failed === before.failed) count.failed += 1;
			outcome = "FAILED";
		}
	}
	table.push([name, outcome, seconds(begun)]);
	console.log(`◀ ${name}: ${outcome}, ${seconds(begun)}`);
	return outcome !== "FAILED";
}

function skip(missing) {
	skipped.push(missing);
	console.log(`SKIPPED ${missing.message}`);
}

/** Where everything has to be there, what is missing is a failure. */
function report() {
	console.log("");
	for (const [name, outcome, time] of table) console.log(`${outcome.padEnd(8)} ${time.padStart(9)}  ${name}`);
	for (const missing of skipped) console.log(`SKIPPED ${missing.message}`);
	for (const [outcome, name] of named) console.log(`${outcome}: ${name}`);
	if (process.env.CI === "true") count.failed += skipped.length;
	console.log(`${count.passed} passed, ${count.failed} failed`);
	process.exitCode = count.failed > 0 ? 1 : 0;
}

async function program(name, args, env = {}) {
	const { code, output } = await result(name, args, { echo: true, env });
	tally(output);
	if (code !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${code}`);
}

/** Adds up what cargo and Playwright say about their tests. */
function tally(output) {
	for (const [, passed, failed] of output.matchAll(/test result: \S+\. (\d+) passed; (\d+) failed/g)) {
		count.passed += Number(passed);
		count.failed += Number(failed);
	}
	for (const [, number, outcome] of output.matchAll(/^\s+(\d+) (passed|failed)\b/gm))
		count[outcome] += Number(number);
	for (const [, name] of output.matchAll(/^test (.+) \.\.\. FAILED$/gm)) named.push(["failed", name]);
	for (const [, outcome, names] of output.matchAll(/^ {2}\d+ (failed|flaky)\n((?: {4}\[.+\n)+)/gm))
		for (const name of names.trimEnd().split("\n")) named.push([outcome, name.replace(/[\s─]+$/, "").trim()]);
}

async function clippyWasm() {
	const flags = ["--target", "wasm32-unknown-unknown", "--", "--deny", "warnings"];
	for (const crates of WASM) await program("cargo", ["clippy", ...crates, ...flags], wasmEnvironment());
}

/** To build the extension keeps one processor busy: all else that compiles goes on beside it. */
function building() {
	built ??= result("node", [at("tools", "build.mjs")]);
	return built;
}

async function awaitBuild() {
	const { code, output } = await building();
	console.log(output.trimEnd());
	if (code !== 0) throw new Error(`tools/build.mjs ended with ${code}`);
}

async function rust() {
	const postgres = await startPostgres();
	if (!postgres) skip(NO_POSTGRES);
	try {
		// Half of what a test of the service does is to wait for a disk: it gets one in memory where there is one.
		const env = { RUST_TEST_THREADS: String(2 * availableParallelism()) };
		if (inMemory()) env.TMPDIR = inMemory();
		if (postgres) env.SIGILL_TEST_POSTGRES_URL = postgres.url;
		await program("cargo", ["test", ...ALL, "--no-fail-fast"], env);
	} finally {
		await postgres?.stop();
	}
}

// What needs a package of npm's is loaded once set-up has installed it.

async function packages() {
	const { checkPackages } = await import("./packages.mjs");
	await checkPackages();
}

async function pack() {
	const packer = await import("./package.mjs");
	packer.pack();
}

async function wasmTests() {
	const driver = find("chromedriver");
	if (!driver || !chromium()) throw NO_CHROMIUM;
	const flags = ["--headless", "--chrome", "--chromedriver", driver, "--mode", "no-install"];
	await program("wasm-pack", ["test", ...flags, at("crate")], wasmEnvironment());
}

async function lintFirefox() {
	await pack();
	const lint = await result("web-ext", ["lint", "--source-dir", at("out", "firefox"), "--output", "json"]);
	const { errors, warnings } = JSON.parse(lint.output.slice(lint.output.indexOf("{")));
	const known = JSON.parse(readFileSync(at("tests", "web-ext-warnings.json"), "utf8"));
	const isKnown = ({ code, file }) => known.some((one) => one.code === code && file?.startsWith(one.file));
	const wrong = [...errors, ...warnings.filter((warning) => !isKnown(warning))];
	for (const { _type, code, file, message } of wrong)
		console.log(`  ${_type} ${code} ${file ?? ""}: ${message}`);
	if (wrong.length > 0) throw new Error(`web-ext found ${wrong.length} things that are not on the list`);
	console.log(`  ${errors.length} errors; ${warnings.length} warnings, all on the list`);
}

async function journeys() {
	if (!chromium()) throw NO_CHROMIUM;
	await playwright("journeys");
}

/** What is packed for it, as a store would hand it out. */
async function inFirefox() {
	if (!firefox()) throw NO_FIREFOX;
	await pack();
	await playwright("firefox");
}

async function playwright(project) {
	if (!existsSync(at("extension", "dist", "popup.js"))) throw new Error("the extension is not built");
	const service = await testService();
	await program("playwright", ["test", `--project=${project}`], { SIGILL_SERVICE_BINARY: service });
}
