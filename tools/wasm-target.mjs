// The wasm target of the Rust toolchain: by rustup, else built from Debian's sources.
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, at, find, isRoot, Missing, run } from "./machine.mjs";

const TARGET = "wasm32-unknown-unknown";
const DEBIAN = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm", "lld-22"];
/** Names the toolchain that builds wasm, where it is not the default one. */
const CHOICE = at(".tools", "wasm-toolchain");

/** The environment in which cargo finds the wasm target. */
export function wasmEnvironment() {
	return existsSync(CHOICE) ? { RUSTUP_TOOLCHAIN: readFileSync(CHOICE, "utf8").trim() } : {};
}

export async function wasmTargetIsReady() {
	const toolchain = wasmEnvironment().RUSTUP_TOOLCHAIN;
	return hasStd(await ask("rustc", ...(toolchain ? [`+${toolchain}`] : []), "--print", "sysroot"));
}

export async function installWasmTarget() {
	try {
		await run("rustup", ["target", "add", TARGET]);
		rmSync(CHOICE, { force: true });
	} catch (error) {
		if (!isRoot || !find("apt-get") || !find("rustup")) throw error;
		console.log(`    rustup could not (${error.message}); trying Debian's sources`);
		await fromDebian();
	}
}

function hasStd(sysroot) {
	const folder = sysroot && libraries(sysroot);
	return existsSync(folder) && readdirSync(folder).some((name) => /^libstd-.*\.rlib$/.test(name));
}

const libraries = (sysroot) => join(sysroot, "lib", "rustlib", TARGET, "lib");

/** Debian ships no `std` for wasm, but its source: built once, laid where rustc looks for it. */
async function fromDebian() {
	await run("apt-get", ["update"], { quiet: true });
	await run("apt-get", ["install", "--yes", "--no-install-recommends", ...DEBIAN]);
	const prefix = await debianPrefix();
	await run("rustup", ["toolchain", "link", "debian", prefix]);
	const scratch = mkdtempSync(join(tmpdir(), "sigill-std-"));
	try {
		await buildStd(scratch);
		const from = join(scratch, "target", TARGET, "release", "deps");
		const to = libraries(await ask("rustc", "+debian", "--print", "sysroot"));
		mkdirSync(to, { recursive: true });
		for (const name of readdirSync(from)) {
			if (name.endsWith(".rlib") && !name.startsWith("libempty"))
				copyFileSync(join(from, name), join(to, name));
		}
		writeFileSync(CHOICE, "debian\n");
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

async function buildStd(scratch) {
	mkdirSync(join(scratch, "src"));
	writeFileSync(join(scratch, "Cargo.toml"), '[package]\nname = "empty"\nedition = "2021"\n[workspace]\n');
	writeFileSync(join(scratch, "src", "lib.rs"), "#![no_std]\n");
	await run(
		"cargo",
		["+debian", "build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", TARGET],
		{ cwd: scratch, env: { RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: join(scratch, "target") } },
	);
}

/** The folder above `bin/rustc` of the package. */
async function debianPrefix() {
	const files = await ask("dpkg", "-L", "rustc-web");
	const rustc = files.split("\n").find((path) => path.endsWith("/bin/rustc"));
	if (!rustc) throw new Missing("Debian's rustc", "apt-get install rustc-web");
	return rustc.slice(0, -"/bin/rustc".length);
}
