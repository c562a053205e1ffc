// The account service as a process of ours.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { environment, root, run, target } from "./machine.mjs";

const BINARY = join(target, "debug", "sigill-service");

/** Builds the service; with `features` for tests. */
export async function buildService(...features) {
	const flags = features.length > 0 ? ["--features", features.join(",")] : [];
	await run("cargo", ["build", "--package", "sigill-service", ...flags]);
	return BINARY;
}

/** The binary that is there, or a fresh one that tests can set the clock of. */
export async function testService() {
	const named = process.env.SIGILL_SERVICE_BINARY;
	if (named && existsSync(named)) return named;
	return buildService("test-clock");
}

/**
 * Starts it and waits until it answers; `stop` ends it gracefully.
 * @param {string} binary
 * @param {{ address: string, flags?: string[], env?: Record<string, string>, log?: "inherit" | "ignore" | number }} how
 */
export async function startService(binary, { address, flags = [], env = {}, log = "inherit" }) {
	const child = spawn(binary, flags, {
		cwd: root,
		env: { ...environment, SIGILL_LISTEN: address, ...env },
		stdio: ["ignore", log, log],
	});
	const ended = new Promise((done, failed) => {
		child.once("error", failed);
		child.once("exit", (code, signal) => done(code ?? signal));
	});
	const stop = (signal = "SIGTERM") => {
		child.kill(signal);
		return ended;
	};
	await answers(`http://${address}/readyz`, ended).catch(async (error) => {
		child.kill("SIGKILL");
		throw error;
	});
	return { child, ended, stop };
}

/** Asks until the service is ready; the one place that has to ask repeatedly. */
async function answers(url, ended) {
	const deadline = performance.now() + 20_000;
	let over;
	ended.then((code) => {
		over = code;
	});
	while (performance.now() < deadline) {
		if (over !== undefined) throw new Error(`the service ended with ${over}`);
		const answer = await fetch(url, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
		if (answer?.ok) return;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error(`the service does not answer at ${url}`);
}
