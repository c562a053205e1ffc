// How much a browser has to load: sizes after brotli, file by file, as stores and browsers count them.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { at } from "./machine.mjs";

/** What each may weigh; `goal` where today's limit is not yet the one we want (docs/adr/0005). */
const LIMITS = {
	"extension/wasm": { limit: 1_374_000, goal: 160_000 },
	"light module": { limit: 350_000, goal: 160_000 }, // all that the popup and the start of the background load (docs/adr/0054)
	"full module": { limit: 427_000 },
	"popup script": { limit: 60_000 },
	"script in pages": { limit: 30_000 },
	"page module": { limit: 144_000 },
	"transfer module": { limit: 286_000, goal: 150_000 },
	"passkey module": { limit: 205_000 },
	"passkey script in pages": { limit: 4_000 },
};

/** The first in every page, the second where there is a form, the third where somebody goes into it. */
const IN_PAGES = ["scout.js", "content.js", "overlays.js"];

/** The first in every page of every site, the others where a page asks. */
const SITES = ["webauthn-first.js", "webauthn-bridge.js", "webauthn-page.js"];

const isApart = (file) => /\/wasm\/(light|page|passkey|transfer)\//.test(file);

/** Prints each size beside its limit; throws when one is over, and says which miss their goal. */
export function checkSizes() {
	const sizes = {
		"extension/wasm": total(wasmFiles(at("extension", "wasm"))),
		"light module": total(wasmFiles(at("extension", "wasm", "light"))),
		"full module": total(wasmFiles(at("extension", "wasm")).filter((file) => !isApart(file))),
		"page module": total(wasmFiles(at("extension", "wasm", "page"))),
		"script in pages": total(IN_PAGES.map((file) => at("extension", "dist", file))),
		"popup script": total(withImports(at("extension", "dist", "popup.js"))),
		"transfer module": total(wasmFiles(at("extension", "wasm", "transfer"))),
		"passkey module": total(wasmFiles(at("extension", "wasm", "passkey"))),
		"passkey script in pages": total(SITES.map((name) => at("extension", "dist", name))),
	};
	const over = Object.keys(LIMITS).filter((name) => sizes[name] > LIMITS[name].limit);
	for (const [name, size] of Object.entries(sizes)) {
		const { limit, goal = limit } = LIMITS[name];
		const missed = size > goal ? `, MISSES its goal of ${kilobytes(goal)}` : "";
		console.log(`  ${name}: ${kilobytes(size)} of ${kilobytes(limit)} brotli${missed}`);
	}
	if (over.length > 0) throw new Error(`too large: ${over.join(", ")}`);
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const total = (files) => files.reduce((sum, file) => sum + brotli(readFileSync(file)), 0);

function brotli(content) {
	const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 };
	return brotliCompressSync(content, { params }).length;
}

function wasmFiles(folder) {
	const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile() && [".js", ".wasm"].includes(extname(entry.name)));
	return files.map((file) => join(file.parentPath, file.name));
}

/** A script and what it imports at once; what it imports on demand is not loaded with it. */
function withImports(script, seen = new Set()) {
	if (seen.has(script)) return [];
	seen.add(script);
	const text = readFileSync(script, "utf8");
	const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*"(\.\/[^"]+\.js)"/g)].map((match) => match[1]);
	return [script, ...imports.flatMap((path) => withImports(join(dirname(script), path), seen))];
}
