// Every test that docs/PROOFS.md and docs/guards name exists, every guard can be taken out of the code as it is, and
// README says of every permission why.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { at, isMain, result } from "./machine.mjs";

const FOLDERS = {
	api: ["service", "tests", "api"],
	ceremony: ["crate", "passkey", "tests", "ceremony"],
	core: ["crate", "core", "tests"],
	device: ["crate", "tests", "device"],
	firefox: ["tests", "firefox"],
	fuzz: ["crate", "fuzz", "tests"],
	journeys: ["tests", "journeys"],
	transfer: ["crate", "transfer", "tests"],
};

export async function checkProofs() {
	const table = [
		...readFileSync(at("docs", "PROOFS.md"), "utf8").matchAll(/`(\w+)\/([^`:]+\.\w+)(?:::([^`]+))?`/g),
	];
	const guards = guardPatches().map((name) => readFileSync(at("docs", "guards", name), "utf8"));
	const named = [
		...table.map(([, folder, file, test]) => ({ folder, file, test })),
		...guards.map((text) => ofGuard(/^Red: (\S+) (\S+)$/m.exec(text) ?? [])),
	];
	const absent = named.filter((one) => !exists(one));
	for (const { folder, file, test } of absent)
		console.error(`  ${folder}/${file} has no ${test ?? "such file"}`);
	if (absent.length > 0) throw new Error(`${absent.length} tests are named that do not exist`);
	console.log(`  ${named.length} tests are named, and all of them exist`);
	await checkGuards();
	checkPermissions();
}

function checkPermissions() {
	const { permissions } = JSON.parse(readFileSync(at("manifest.json"), "utf8"));
	const readme = readFileSync(at("README.md"), "utf8");
	const unsaid = permissions.filter((permission) => !readme.includes(`\`${permission}\``));
	if (unsaid.length > 0) throw new Error(`README doesn't say why: ${unsaid.join(", ")}`);
}

async function checkGuards() {
	const patches = guardPatches();
	const outcomes = await Promise.all(
		patches.map((name) => result("git", ["apply", "--check", at("docs", "guards", name)])),
	);
	const gone = patches.filter((_, number) => outcomes[number].code !== 0);
	if (gone.length > 0) throw new Error(`no longer where their patches say: ${gone.join(", ")}`);
	console.log(`  ${patches.length} guards stand where their patches say`);
}

const guardPatches = () => readdirSync(at("docs", "guards")).filter((name) => name.endsWith(".patch"));

/** `api races::sqlite::name` is `name` in `api/races.rs`. */
function ofGuard([, where, path = ""]) {
	const parts = path.split("::");
	return { folder: where === "bench" ? "api" : where, file: `${parts[0]}.rs`, test: parts.at(-1) };
}

function exists({ folder, file, test }) {
	const parts = FOLDERS[folder];
	if (!parts || !existsSync(at(...parts, file))) return false;
	if (test === undefined) return true;
	const text = readFileSync(at(...parts, file), "utf8");
	return text.includes(file.endsWith(".rs") ? `fn ${test}(` : test);
}

if (isMain(import.meta)) await checkProofs();
