// Bundles the web part of the extension into extension/dist: `node extension/build.mjs [--watch]`.
// The wasm modules in extension/wasm are built before (see tools/).
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { context } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {import("esbuild").BuildOptions} */
const common = {
	bundle: true,
	format: "esm",
	target: ["chrome126", "firefox140"],
	outdir: here("dist"),
	minify: true,
	legalComments: "none",
	// The names of chunks hold the paths of what is in them: not those of another folder that `node_modules` leads to.
	preserveSymlinks: true,
	logLevel: "info",
	// The glue that wasm-bindgen writes names its .wasm file by import.meta.url; we always hand it the address.
	define: { "import.meta.env": "undefined" },
};

/** Pages share their chunks; what is heavy is loaded when it is used. */
const pages = {
	...common,
	entryPoints: {
		popup: here("pages/popup.ts"),
		app: here("pages/app.ts"),
		danger: here("pages/danger.ts"),
		"http-sign-in": here("pages/http-sign-in.ts"),
		"site-passkey": here("pages/site-passkey.ts"),
		"strength.worker": here("pages/strength.worker.ts"), // its word lists are a chunk that pages load too
	},
	splitting: true,
	chunkNames: "chunk-[hash]",
};

/** A service worker may not import on demand; workers start faster from one file. */
const workers = {
	...common,
	entryPoints: {
		background: here("background/main.ts"),
		"backup.worker": here("pages/backup.worker.ts"),
		"derive.worker": here("pages/derive.worker.ts"),
		"export.worker": here("pages/export.worker.ts"),
		"transfer.worker": here("pages/transfer.worker.ts"),
		offscreen: here("background/offscreen.ts"),
	},
};

/** Scripts in pages: each is one file that leaves no names behind. */
const inPages = {
	...common,
	format: "iife",
	loader: { ".css": "text" },
	entryPoints: {
		overlays: here("content/menu/overlays.ts"),
		scout: here("content/scout.ts"),
		"webauthn-first": here("content/webauthn-first.ts"),
		"webauthn-bridge": here("content/webauthn-bridge.ts"),
		"webauthn-page": here("content/webauthn-page.ts"),
	},
};

/**
 * What looks at forms calls nearly all of itself at once: a browser that is told so reads it once, not each function again
 * at its first call (explicit compile hints, V8 13.6). A tenth of what a page of 1,000 inputs pays for it.
 */
const reader = {
	...inPages,
	entryPoints: { content: here("content/main.ts") },
	banner: { js: "//# allFunctionsCalledOnLoad" },
};

const entry = workers.entryPoints.background;
if (!existsSync(entry)) {
	console.warn(`no ${entry} yet: built without it`);
	delete workers.entryPoints.background;
}

await rm(here("dist"), { recursive: true, force: true });
const builds = await Promise.all([pages, workers, inPages, reader].map((options) => context(options)));
if (process.argv.includes("--watch")) {
	await Promise.all(builds.map((build) => build.watch()));
} else {
	for (const build of builds) {
		await build.rebuild();
		await build.dispose();
	}
}
