// `npm run package`: what goes to the stores, one folder and one archive a browser, in out/.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { at, isMain, run } from "./machine.mjs";

const ROOT = ["LICENSE", "_locales"];
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
		const { key, minimum_chrome_version, permissions, content_scripts, ...rest } = manifest;
		const { service_worker, ...background } = manifest.background;
		const gecko = {
			...manifest.browser_specific_settings.gecko,
			strict_min_version: "142.0",
			data_collection_permissions: { required: ["none"] },
		};
		return {
			...rest,
			background,
			// Passkeys of sites need to know the document that asks: Chromium only.
			content_scripts: content_scripts.filter(({ js }) => !js.some((file) => file.includes("webauthn"))),
			// Firefox has no offscreen documents: its event page has a clipboard of its own.
			permissions: permissions.filter((permission) => permission !== "offscreen"),
			browser_specific_settings: { gecko },
		};
	},
};

/** Writes out/chromium, out/firefox and their archives from what is built. */
export async function pack() {
	const manifest = JSON.parse(readFileSync(at("manifest.json"), "utf8"));
	for (const [browser, rewrite] of Object.entries(manifests)) {
		const folder = at("out", browser);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		for (const name of ROOT) cpSync(at(name), join(folder, name), { recursive: true });
		for (const file of shippedFiles()) cpSync(at(file), join(folder, file));
		writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(rewrite(manifest), null, "\t")}\n`);
		const name = `sigill-${manifest.version}-${browser}.zip`;
		await run(
			"web-ext",
			["build", "--source-dir", folder, "--artifacts-dir", at("out"), "--filename", name, "--overwrite-dest"],
			{ quiet: true },
		);
	}
}

function shippedFiles() {
	const entries = readdirSync(at("extension"), { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return files.map((file) => join(file.parentPath, file.name).slice(at().length)).filter(isShipped);
}

function isShipped(file) {
	const built = BUILT.some((folder) => file.startsWith(`${folder}/`));
	return (built ? BUILT_KINDS : SHIPPED).has(extname(file));
}

if (isMain(import.meta)) {
	const { build } = await import("./build.mjs");
	await build();
	await pack();
	console.log("out/chromium, out/firefox and their archives are written");
}
