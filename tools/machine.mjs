// What the other tools stand on: places, programs, and running them.
import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync, statfsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const at = (...parts) => join(root, ...parts);

/** Whether a module is the command itself, rather than a part of another. */
export const isMain = ({ url }) =>
	process.argv[1] !== undefined && fileURLToPath(url) === resolve(process.argv[1]);

/** What is built once, from nothing, is built again from no trace of it, and nobody steps through it. */
const BUILT_ONCE = { CARGO_INCREMENTAL: "0", CARGO_PROFILE_DEV_DEBUG: "0" };

/** Programs of this repository come before those of the machine. */
export const environment = {
	...process.env,
	...(process.env.CI === "true" ? BUILT_ONCE : {}),
	PATH: [at(".tools", "bin"), at("node_modules", ".bin"), process.env.PATH].join(delimiter),
};

export const isRoot = process.getuid?.() === 0;

/** A program or a right is missing; `line` says in one line what to do. */
export class Missing extends Error {
	constructor(what, line) {
		super(`${what}: ${line}`);
		this.what = what;
		this.line = line;
	}
}

/** The first of these programs that is on the path. */
export function find(...names) {
	for (const name of names) {
		for (const folder of environment.PATH.split(delimiter)) {
			if (isProgram(join(folder, name))) return join(folder, name);
		}
	}
	return undefined;
}

export function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** A folder for files that may vanish with the power: in memory, where there is room. */
export function inMemory(folder = "/dev/shm", kibibytes = 4 << 20) {
	try {
		accessSync(folder, constants.W_OK);
		const { bavail, bsize } = statfsSync(folder);
		return (bavail * bsize) / 1024 > kibibytes ? folder : undefined;
	} catch {
		return undefined;
	}
}

/** Runs a program to its end; throws when it fails. `quiet` keeps its output for the error. */
export async function run(program, args, { quiet = false, ...options } = {}) {
	const { code, output } = await result(program, args, { echo: !quiet, ...options });
	if (code === 0) return output;
	if (quiet) process.stderr.write(output);
	throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
}

/** Runs a program to its end and returns what it printed and how it ended. */
export function result(program, args, { echo = false, cwd = root, env = {}, ...options } = {}) {
	return new Promise((done, failed) => {
		const child = spawn(program, args, {
			cwd,
			env: { ...environment, ...env },
			stdio: ["ignore", "pipe", "pipe"],
			...options,
		});
		const chunks = [];
		const keep = (stream, out) =>
			stream?.on("data", (chunk) => {
				chunks.push(chunk);
				if (echo) out.write(chunk);
			});
		keep(child.stdout, process.stdout);
		keep(child.stderr, process.stderr);
		child.on("error", failed);
		child.on("close", (code, signal) =>
			done({ code: code ?? signal, output: Buffer.concat(chunks).toString() }),
		);
	});
}

/** What a program prints when asked, or nothing if it can't be asked. */
export async function ask(program, ...args) {
	try {
		const { code, output } = await result(program, args);
		return code === 0 ? output.trim() : "";
	} catch {
		return "";
	}
}

/** The version of a crate in Cargo.lock. */
export function lockedVersion(crate) {
	const lock = readFileSync(at("Cargo.lock"), "utf8");
	return new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`).exec(lock)?.[1];
}

/** The folder that cargo builds into. */
export const target = process.env.CARGO_TARGET_DIR ?? at("target");

export function seconds(since) {
	return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

export const chromium = () =>
	process.env.SIGILL_CHROMIUM ?? find("chromium", "chromium-browser", "google-chrome");

export const firefox = () => process.env.SIGILL_FIREFOX ?? find("firefox-esr", "firefox");
