// `npm run fuzz`: what any bytes may not do, ten minutes a target; `npm run fuzz -- slot import-enpass` runs only
// those, `--seconds=60` for as long. A corpus grows in out/fuzz and is kept, minimised, in crate/fuzz/corpus, an
// input a line. Rust's stable compiler will do: there is no unsafe code that a sanitizer could watch.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, at, isMain, result, run } from "./machine.mjs";

const CARGO_FUZZ = "0.13.1";
/** The release is built for size and as one whole; what runs for ten minutes is built to be fast, and soon. */
const BUILD = { CARGO_PROFILE_RELEASE_OPT_LEVEL: "3", CARGO_PROFILE_RELEASE_LTO: "off" };
/** Letters of a file of the corpus: everybody who clones the repository carries them. */
const MOST_KEPT = 60_000;
const FLAGS = ["--fuzz-dir", at("crate", "fuzz"), "--sanitizer", "none", "--features", "libfuzzer"];

const corpusFile = (name) => at("crate", "fuzz", "corpus", `${name}.txt`);
const all = () =>
	readdirSync(at("crate", "fuzz", "corpus"))
		.filter((file) => file.endsWith(".txt"))
		.map((file) => file.replace(".txt", ""));

if (isMain(import.meta)) {
	const words = process.argv.slice(2);
	const seconds = Number(words.find((word) => word.startsWith("--seconds="))?.split("=")[1] ?? 600);
	const named = words.filter((word) => !word.startsWith("--"));
	await install();
	const faults = [];
	for (const name of named.length > 0 ? named : all()) if (!(await fuzz(name, seconds))) faults.push(name);
	console.log(faults.length > 0 ? `faults in ${faults.join(", ")}` : "no fault found");
	process.exitCode = faults.length > 0 ? 1 : 0;
}

async function install() {
	if ((await ask("cargo-fuzz", "--version")) === `cargo-fuzz ${CARGO_FUZZ}`) return;
	await run("cargo", ["install", "cargo-fuzz", "--version", CARGO_FUZZ, "--locked", "--root", at(".tools")]);
}

/** Says what one target came to, and whether it held. */
async function fuzz(name, seconds) {
	const [target, format] = name.split(/-(.*)/);
	const env = format ? { ...BUILD, SIGILL_FORMAT: format } : BUILD;
	const folder = at("out", "fuzz", name);
	const found = at("out", "fuzz", `${name}-faults`);
	unpack(name, folder);
	mkdirSync(found, { recursive: true });
	const options = [
		`-max_total_time=${seconds}`,
		"-timeout=10",
		"-rss_limit_mb=2048",
		`-artifact_prefix=${found}/`,
	];
	const { code, output } = await result(
		"cargo",
		["fuzz", "run", ...FLAGS, target, folder, "--", ...options, "-print_final_stats=1", "-verbosity=0"],
		{ env },
	);
	const executed = /number_of_executed_units:\s*(\d+)/.exec(output)?.[1] ?? "?";
	console.log(`${name.padEnd(26)} ${code === 0 ? "held" : "FAULT"} ${executed} inputs in ${seconds} s`);
	if (code !== 0) console.log(output.slice(-4000));
	await minimise(target, name, folder, env);
	return code === 0;
}

function unpack(name, folder) {
	mkdirSync(folder, { recursive: true });
	if (!existsSync(corpusFile(name))) return;
	for (const line of readFileSync(corpusFile(name), "utf8").split("\n").filter(Boolean)) {
		const input = Buffer.from(line, "base64");
		writeFileSync(join(folder, createHash("sha1").update(input).digest("hex")), input);
	}
}

/** Keeps the fewest inputs that reach all that was reached, the shortest of them, in a steady order. */
async function minimise(target, name, folder, env) {
	const fewest = `${folder}-fewest`;
	rmSync(fewest, { recursive: true, force: true });
	mkdirSync(fewest);
	await run("cargo", ["fuzz", "run", ...FLAGS, target, fewest, folder, "--", "-merge=1"], {
		env,
		quiet: true,
	});
	const inputs = readdirSync(fewest).map((file) => readFileSync(`${fewest}/${file}`));
	const lines = inputs.map((input) => input.toString("base64").replace(/=+$/, ""));
	lines.sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
	let letters = 0;
	const kept = lines.filter(({ length }) => {
		letters += length;
		return letters <= MOST_KEPT;
	});
	writeFileSync(corpusFile(name), `${kept.join("\n")}\n`);
}
