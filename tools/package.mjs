// `npm run package`: what goes to the stores, one folder and one archive a browser, in out/.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { zipSync } from "fflate";
import { at, isMain } from "./machine.mjs";

/** Of the extension's folder; scripts only where they are built. */
const SHIPPED = new Set([".html", ".css", ".svg", ".png", ".json", ".md", ".txt"]);
const BUILT = ["extension/dist", "extension/wasm"];
const BUILT_KINDS = new Set([".js", ".wasm"]);

const manifests = {
	chromium: (manifest) => {
		const { browser_specific_settings, ...rest } = manifest;
		const { scripts, ...background } = manifest.background;
		return { ...rest, background };
	},
	firefox: (manifest) => {
		const { key, minimum_chrome_version, permissions, ...rest } = manifest;
		const { service_worker, ...background } = manifest.background;
		const gecko = {
			...manifest.browser_specific_settings.gecko,
			data_collection_permissions: { required: ["none"] },
		};
		return {
			...rest,
			background,
			// Firefox has no offscreen documents: its event page has a clipboard of its own.
			permissions: permissions.filter((permission) => permission !== "offscreen"),
			browser_specific_settings: { gecko },
		};
	},
};

/**
 * Writes out/chromium, out/firefox and their archives from what is built. What is packed alone decides every byte of them:
 * not when, where, by whom or in which order its files were written.
 */
export function pack() {
	const manifest = JSON.parse(readFileSync(at("manifest.json"), "utf8"));
	const names = [...filesIn("_locales"), ...filesIn("extension").filter(isShipped), "LICENSE"];
	const shipped = Object.fromEntries(names.map((name) => [name, readFileSync(at(name))]));
	return Object.entries(manifests).map(([browser, rewrite]) => {
		const text = `${JSON.stringify(rewrite(manifest), null, "\t")}\n`;
		const files = { ...shipped, "manifest.json": Buffer.from(text) };
		writeFolder(at("out", browser), files);
		const name = `sigill-${manifest.version}-${browser}.zip`;
		const bytes = archive(files);
		writeFileSync(at("out", name), bytes);
		return { name, sha256: createHash("sha256").update(bytes).digest("hex") };
	});
}

function writeFolder(folder, files) {
	rmSync(folder, { recursive: true, force: true });
	for (const [name, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
	}
}

/** An archive says the local time of each file, and that can't be left out: all are of when its format begins. */
function archive(files) {
	const sorted = Object.fromEntries(
		Object.keys(files)
			.sort()
			.map((name) => [name, files[name]]),
	);
	return zipSync(sorted, { level: 9, mtime: new Date(1980, 0, 1) });
}

function filesIn(folder) {
	const entries = readdirSync(at(folder), { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return files.map((file) => join(file.parentPath, file.name).slice(at().length));
}

function isShipped(file) {
	const built = BUILT.some((folder) => file.startsWith(`${folder}/`));
	return (built ? BUILT_KINDS : SHIPPED).has(extname(file));
}

if (isMain(import.meta)) {
	const { build } = await import("./build.mjs");
	await build();
	for (const { name, sha256 } of pack()) console.log(`${sha256}  out/${name}`);
}
