// Builds the extension in place: `npm run build`. Wasm only when its sources changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { at, isMain, run, seconds } from "./machine.mjs";
import { wasmEnvironment } from "./wasm-target.mjs";

/** Cargo's folder and this one are named in no module: whoever builds it anywhere gets the same bytes. */
const FOLDERS = { [process.env.CARGO_HOME ?? join(homedir(), ".cargo")]: "/cargo", [at()]: "/sigill/" };
const REMAPPED = Object.entries(FOLDERS).map((names) => `--remap-path-prefix=${names.join("=")}`);
const NOWHERE = `target.wasm32-unknown-unknown.rustflags=${JSON.stringify(REMAPPED)}`;

const HOUSE = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", "tools/build.mjs"];

const SESSION = ["crate/Cargo.toml", "crate/src", "crate/core/Cargo.toml", "crate/core/src"];

/** Each module: its crate, the folder that it is written to, and what it is made of. The session's is built twice (docs/adr/0054). */
const modules = [
	{
		crate: "crate",
		out: "extension/wasm/light",
		script: "sigill_light.js",
		features: ["--no-default-features"],
		sources: SESSION,
	},
	{
		crate: "crate",
		out: "extension/wasm",
		script: "sigill.js",
		sources: SESSION,
	},
	{
		crate: "crate/page",
		out: "extension/wasm/page",
		script: "sigill_page.js",
		sources: ["crate/page/Cargo.toml", "crate/page/src", "crate/core/Cargo.toml", "crate/core/src"],
	},
	{
		crate: "crate/passkey",
		out: "extension/wasm/passkey",
		script: "sigill_passkey.js",
		sources: ["crate/passkey/Cargo.toml", "crate/passkey/src", "crate/core/Cargo.toml", "crate/core/src"],
	},
	{
		crate: "crate/transfer",
		out: "extension/wasm/transfer",
		script: "sigill_transfer.js",
		sources: ["crate/transfer/Cargo.toml", "crate/transfer/src", "crate/core/Cargo.toml", "crate/core/src"],
	},
];

export async function build() {
	for (const module of modules) await buildWasm(module);
	await run("node", [at("extension", "build.mjs")]);
}

/** Builds a module where its sources changed. */
export async function buildWasm({ crate, out, script, features = [], sources }) {
	const name = basename(script, ".js");
	const stamp = at(".tools", "stamps", name);
	const now = fingerprint([...HOUSE, ...sources]);
	const built = existsSync(at(out, script)) && existsSync(stamp) && readFileSync(stamp, "utf8") === now;
	if (built) {
		console.log(`  ✓ ${out} is current`);
		return;
	}
	const begun = performance.now();
	const flags = ["--target", "web", "--no-pack", "--mode", "no-install", "--profile", "wasm"];
	const into = ["--out-dir", at(out), "--out-name", name];
	const args = ["build", at(crate), ...flags, ...into, "--", ...features, "--config", NOWHERE];
	await run("wasm-pack", args, { env: wasmEnvironment() });
	await run("esbuild", [at(out, script), "--minify", "--allow-overwrite", `--outfile=${at(out, script)}`], {
		quiet: true,
	});
	mkdirSync(at(".tools", "stamps"), { recursive: true });
	writeFileSync(stamp, now);
	console.log(`  ✓ ${out} (${seconds(begun)})`);
}

/** Of the content: a checkout or a copy changes times, not what is built. */
function fingerprint(paths) {
	const hash = createHash("sha256");
	for (const path of paths.flatMap(files)) {
		hash
			.update(`${path}\0`)
			.update(readFileSync(at(path)))
			.update("\0");
	}
	return hash.digest("hex");
}

function files(path) {
	if (statSync(at(path)).isFile()) return [path];
	const inside = readdirSync(at(path), { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	return inside.map((entry) => join(entry.parentPath, entry.name).slice(at().length)).sort();
}

if (isMain(import.meta)) await build();
