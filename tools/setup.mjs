// Makes a machine with Rust and Node ready: `node tools/setup.mjs`. A step that is done is skipped.
import { existsSync, statSync } from "node:fs";
import {
	ask,
	at,
	chromium,
	find,
	firefox,
	isMain,
	isRoot,
	lockedVersion,
	Missing,
	run,
	seconds,
} from "./machine.mjs";
import { postgresPrograms } from "./postgres.mjs";
import { installWasmTarget, wasmTargetIsReady } from "./wasm-target.mjs";

const WASM_PACK = "0.15.1";

/**
 * What each command needs. A step without `required` may be missing: its tests say so and are skipped. Steps of one lane
 * are taken in their order, the lanes at once: one waits for a network while another computes.
 */
const steps = [
	{
		name: "Rust",
		required: true,
		done: async () => find("cargo") && (await ask("rustc", "--version")),
		line: "install Rust from https://rustup.rs",
	},
	{
		name: "rustfmt and clippy",
		for: "test",
		done: async () => (await ask("cargo", "clippy", "--version")) && (await ask("cargo", "fmt", "--version")),
		make: () => run("rustup", ["component", "add", "rustfmt", "clippy"]),
		line: "rustup component add rustfmt clippy",
	},
	{
		name: "wasm target",
		lane: "debian",
		required: true,
		done: wasmTargetIsReady,
		make: installWasmTarget,
		line: "rustup target add wasm32-unknown-unknown (or, on Debian as root, run this again)",
	},
	{
		name: "wasm-bindgen",
		lane: "cargo",
		required: true,
		done: async () => (await ask("wasm-bindgen", "--version")).endsWith(` ${lockedVersion("wasm-bindgen")}`),
		make: () => cargoInstall("wasm-bindgen-cli", lockedVersion("wasm-bindgen")),
		line: `cargo install wasm-bindgen-cli --version ${lockedVersion("wasm-bindgen")} --root .tools`,
	},
	{
		name: "wasm-pack",
		lane: "cargo",
		required: true,
		done: async () => (await ask("wasm-pack", "--version")) === `wasm-pack ${WASM_PACK}`,
		make: () => cargoInstall("wasm-pack", WASM_PACK, "--locked"),
		line: `cargo install wasm-pack --version ${WASM_PACK} --locked --root .tools`,
	},
	{
		name: "npm packages, wasm-opt among them",
		lane: "npm",
		required: true,
		done: async () => packagesAreCurrent(),
		// Not `npm ci`: it insists on packages for every other platform, which a registry need not hold.
		make: () => run("npm", ["install", "--no-save", "--no-audit", "--no-fund"]),
		line: "npm install --no-save",
	},
	{
		name: "Chromium and its driver",
		lane: "debian",
		for: "test",
		done: async () => chromium() && find("chromedriver"),
		make: () => debian("chromium", "chromium-driver", "fonts-dejavu-core"),
		line: "apt-get install --no-install-recommends chromium chromium-driver",
	},
	{
		name: "Firefox, for tests",
		lane: "debian",
		for: "test",
		done: async () => firefox(),
		make: () => debian("firefox-esr"),
		line: "apt-get install --no-install-recommends firefox-esr",
	},
	{
		name: "PostgreSQL, for tests",
		lane: "debian",
		for: "test",
		done: async () => postgresPrograms(),
		make: () => debian("postgresql"),
		line: "apt-get install --no-install-recommends postgresql",
	},
	{
		name: "KeePassXC’s command line, for tests",
		lane: "debian",
		for: "test",
		done: async () => find("keepassxc-cli"),
		make: () => debian("keepassxc"),
		line: "apt-get install --no-install-recommends keepassxc",
	},
];

/** Goes through the steps of a command: `start` or `test`. */
export async function setup(command = "test") {
	const wanted = steps.filter((step) => (step.for ?? command) === command);
	await goThrough(wanted.filter(({ lane }) => lane === undefined));
	const lanes = [...new Set(wanted.map(({ lane }) => lane))].filter((lane) => lane !== undefined);
	const ways = lanes.map((name) => goThrough(wanted.filter(({ lane }) => lane === name)));
	// None is left running where another failed.
	const failed = (await Promise.allSettled(ways)).find(({ status }) => status === "rejected");
	if (failed) throw failed.reason;
}

async function goThrough(lane) {
	for (const step of lane) await take(step);
}

async function take(step) {
	const begun = performance.now();
	if (await step.done()) {
		console.log(`  ✓ ${step.name}`);
		return;
	}
	try {
		if (!step.make) throw new Error("nothing here can make it");
		console.log(`  … ${step.name}`);
		await step.make();
		if (!(await step.done())) throw new Error("it is still missing");
		console.log(`  ✓ ${step.name} (${seconds(begun)})`);
	} catch (error) {
		console.log(`  ✗ ${step.name} (${error.message}): ${step.line}`);
		if (step.required) throw new Missing(step.name, step.line);
	}
}

/** A tool is built once a machine and runs for seconds: it is built fast, not to be fast. */
function cargoInstall(crate, version, ...flags) {
	const env = { CARGO_PROFILE_RELEASE_OPT_LEVEL: "1", CARGO_PROFILE_RELEASE_LTO: "off" };
	const args = ["install", crate, "--version", version, "--force", "--root", at(".tools"), ...flags];
	return run("cargo", args, { env });
}

async function debian(...packages) {
	if (!isRoot || !find("apt-get")) throw new Error("needs root on a Debian system");
	const env = { DEBIAN_FRONTEND: "noninteractive" };
	await run("apt-get", ["update"], { env, quiet: true });
	await run("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], { env });
}

/** npm writes its own copy of the lock file last. */
function packagesAreCurrent() {
	const installed = at("node_modules", ".package-lock.json");
	return existsSync(installed) && statSync(installed).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
}

if (isMain(import.meta)) {
	console.log("set-up");
	await setup().catch(() => process.exit(1));
}
