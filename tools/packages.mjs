// The packages come out the same, byte for byte, wherever and whenever they are made.
import { cpSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, isMain, run } from "./machine.mjs";
import { pack } from "./package.mjs";

const NEEDED = [
	"LICENSE",
	"_locales",
	"manifest.json",
	"package.json",
	"tsconfig.json",
	"tools",
	"extension",
];
const PACK = 'const { pack } = await import("./tools/package.mjs"); console.log(JSON.stringify(pack()))';

/** Packs here, and in a copy that lies elsewhere, is younger, was bundled anew, and lives by another clock. */
export async function checkPackages() {
	await run("node", [at("extension", "build.mjs")], { quiet: true });
	const here = JSON.stringify(pack());
	const copy = mkdtempSync(join(tmpdir(), "sigill packages-"));
	try {
		for (const name of [...NEEDED].reverse()) cpSync(at(name), join(copy, name), { recursive: true });
		symlinkSync(at("node_modules"), join(copy, "node_modules"));
		utimesSync(join(copy, "manifest.json"), 2 ** 31, 2 ** 31);
		await run("node", ["extension/build.mjs"], { cwd: copy, quiet: true });
		const args = ["--input-type=module", "--eval", PACK];
		const there = await run("node", args, { cwd: copy, env: { TZ: "Pacific/Auckland" }, quiet: true });
		if (there.trim() !== here) throw new Error(`other packages elsewhere:\n${here}\n${there}`);
		for (const { name, sha256 } of JSON.parse(here)) console.log(`  ${sha256}  ${name}`);
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}

if (isMain(import.meta)) await checkPackages();
