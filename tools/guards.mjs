// `node tools/guards.mjs [NAME…]`: takes out each guard of docs/guards in a copy of what was committed, and expects
// the test that the patch names to go red; before that, to be green. Not part of `npm test`: each guard that is out is a build.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, result, run, target } from "./machine.mjs";

// Its own: cargo takes another worktree's build for this one's, and would leave one without a guard behind.
const BUILT = join(target, "guards");
const CARGO = ["test", "--workspace", "--features", "sigill-service/test-clock"];
const wanted = process.argv.slice(2);

const guards = readdirSync(at("docs", "guards"))
	.filter((name) => name.endsWith(".patch"))
	.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
	.map(read);
const copy = join(mkdtempSync(join(tmpdir(), "sigill-guards-")), "copy");
await run("git", ["worktree", "add", "--detach", copy], { quiet: true });
try {
	// All that is whole first: it is built once.
	for (const guard of guards) guard.green = await outcome(guard);
	for (const guard of guards) await show(guard);
} finally {
	await run("git", ["worktree", "remove", "--force", copy], { quiet: true });
	rmSync(join(copy, ".."), { recursive: true, force: true });
}

/** A patch, and the test that its head names: `Red: TARGET TEST`. */
function read(name) {
	const path = at("docs", "guards", name);
	const [, where, test] = /^Red: (\S+) (\S+)$/m.exec(readFileSync(path, "utf8")) ?? [];
	if (!where || !test) throw new Error(`${name} names no test`);
	return { name, path, where, test };
}

async function show({ name, path, where, test, green }) {
	await run("git", ["apply", path], { cwd: copy });
	const red = await outcome({ where, test });
	await run("git", ["checkout", "--quiet", "."], { cwd: copy });
	const holds = green === "ok" && red === "FAILED";
	console.log(`${holds ? "ok    " : "WRONG "} ${name}: ${test} is ${green}, without the guard ${red}`);
	if (!holds) process.exitCode = 1;
}

/** What became of the one test: `ok`, `FAILED`, or how it did not even run. */
async function outcome({ where, test }) {
	const how = where === "bench" ? ["--test", "api", "--", "--ignored"] : ["--test", where, "--"];
	const { code, output } = await result("cargo", [...CARGO, ...how, "--exact", test], {
		cwd: copy,
		env: { CARGO_TARGET_DIR: BUILT },
	});
	const line = new RegExp(`^test ${test}.* \\.\\.\\. (\\w+)$`, "m").exec(output);
	return line?.[1] ?? `not run (${code})`;
}
