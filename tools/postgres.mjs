// A PostgreSQL server for one run of the tests: own folder, own port, gone afterwards.
import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, environment, isProgram, isRoot, run } from "./machine.mjs";

/** The folder with `initdb` and `postgres`, if there is one. */
export async function postgresPrograms() {
	const debian = "/usr/lib/postgresql";
	const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
	const folders = [
		await ask("pg_config", "--bindir"),
		...versions.map((version) => join(debian, version, "bin")),
	];
	return folders.find(
		(folder) => folder && isProgram(join(folder, "initdb")) && isProgram(join(folder, "postgres")),
	);
}

/** Starts a server; `stop` ends it and removes its folder. */
export async function startPostgres() {
	const programs = await postgresPrograms();
	if (!programs) return undefined;
	const owner = isRoot ? await postgresUser() : {};
	const folder = mkdtempSync(join(tmpdir(), "sigill-postgres-"));
	if (isRoot) chownSync(folder, owner.uid, owner.gid);
	const data = join(folder, "data");
	await run(
		join(programs, "initdb"),
		["--pgdata", data, "--auth", "trust", "--username", "sigill", "--encoding", "UTF8", "--no-sync"],
		{ ...owner, cwd: folder, quiet: true },
	);
	const port = await freePort();
	// The tests' databases may vanish with the power; what they check needs no disk.
	const settings = {
		port,
		listen_addresses: "127.0.0.1",
		unix_socket_directories: folder,
		fsync: "off",
		max_connections: 200,
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	const server = spawn(join(programs, "postgres"), ["-D", data, ...flags], {
		...owner,
		cwd: folder,
		env: environment,
		stdio: ["ignore", "ignore", "pipe"],
	});
	const stop = () =>
		new Promise((done) => {
			const gone = () => done(rmSync(folder, { recursive: true, force: true }));
			if (server.exitCode !== null) return gone();
			server.once("exit", gone);
			server.kill("SIGINT");
		});
	await ready(server).catch(async (error) => {
		await stop();
		throw error;
	});
	return { url: `postgres://sigill@127.0.0.1:${port}/postgres`, stop };
}

/** The server refuses to run as root; Debian's package makes a user for it. */
async function postgresUser() {
	const [uid, gid] = await Promise.all([ask("id", "-u", "postgres"), ask("id", "-g", "postgres")]);
	if (!uid || !gid) throw new Error("there is no user postgres to run the server as");
	return { uid: Number(uid), gid: Number(gid) };
}

function ready(server) {
	return new Promise((done, failed) => {
		let log = "";
		server.stderr.on("data", (chunk) => {
			log = (log + chunk).slice(-4000);
			if (log.includes("ready to accept connections")) done();
		});
		server.once("exit", (code) => failed(new Error(`postgres ended with ${code}\n${log}`)));
		server.once("error", failed);
	});
}

function freePort() {
	return new Promise((done, failed) => {
		const probe = createServer().once("error", failed);
		probe.listen(0, "127.0.0.1", () => {
			const { port } = probe.address();
			probe.close(() => done(port));
		});
	});
}
