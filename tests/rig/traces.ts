import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

/** Bytes somewhere, and where. */
export interface Trace {
	readonly where: string;
	readonly bytes: Buffer;
}

/** Every form in which a secret may lie in bytes: UTF-8, UTF-16, base64 wherever it begins, hexadecimal. */
export function formsOf(secret: string | Buffer): Buffer[] {
	if (typeof secret !== "string") return [secret, ...written(secret).map((text) => Buffer.from(text))];
	const utf8 = Buffer.from(secret);
	const little = Buffer.from(secret, "utf16le");
	const big = Buffer.from(little).swap16();
	const escaped = JSON.stringify(secret).slice(1, -1);
	const texts = [...[utf8, little].flatMap(written), escaped];
	return [utf8, little, big, ...texts.map((text) => Buffer.from(text))];
}

/** Bytes as text: base64 wherever it begins, hexadecimal. */
function written(bytes: Buffer): string[] {
	const hex = bytes.toString("hex");
	return [...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)), hex, hex.toUpperCase()];
}

/** The part of the base64 that is the secret's alone, where `offset` bytes come before it. */
function base64At(bytes: Buffer, offset: number): string[] {
	const all = Buffer.concat([Buffer.alloc(offset), bytes]);
	const first = Math.ceil((offset * 8) / 6);
	const last = Math.floor((all.length * 8) / 6);
	return (["base64", "base64url"] as const).map((form) => all.toString(form).slice(first, last));
}

/** Where a secret lies, in whatever form. */
export function placesOf(secret: string | Buffer, traces: readonly Trace[]): string[] {
	const forms = formsOf(secret);
	return traces.filter(({ bytes }) => forms.some((form) => bytes.includes(form))).map(({ where }) => where);
}

/** Every file under a folder. */
export function filesIn(folder: string): Trace[] {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	return files.map(({ parentPath, name }) => {
		const where = join(parentPath, name);
		return { where, bytes: readFileSync(where) };
	});
}

/** What a page of the extension can read that stays when it closes: storage areas, databases, local storage. */
export async function storedBehind(page: Page): Promise<Trace[]> {
	const places = await page.evaluate(readEverything);
	return places.map(([where, base64]) => ({ where, bytes: Buffer.from(base64, "base64") }));
}

/** In the page: each place's name, and its bytes as base64. */
async function readEverything(): Promise<[string, string][]> {
	const encoder = new TextEncoder();
	const found: [string, string][] = [];
	const done = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});

	/** Strings and bytes, however deep. */
	const parts = (value: unknown): Uint8Array[] => {
		if (typeof value === "string") return [encoder.encode(value)];
		if (value instanceof ArrayBuffer) return [new Uint8Array(value)];
		if (ArrayBuffer.isView(value)) return [new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
		if (typeof value !== "object" || value === null || value instanceof CryptoKey) return [];
		return Object.entries(value).flatMap(([key, inner]) => [encoder.encode(key), ...parts(inner)]);
	};
	const keep = (where: string, value: unknown) => {
		const binary = parts(value).flatMap((bytes) => [
			...Array.from(bytes, (b) => String.fromCharCode(b)),
			"\n",
		]);
		found.push([where, btoa(binary.join(""))]);
	};

	for (const area of ["local", "session", "sync"] as const)
		keep(`chrome.storage.${area}`, await chrome.storage[area].get(null));
	keep("localStorage", { ...localStorage });
	keep("sessionStorage", { ...sessionStorage });
	for (const { name = "" } of await indexedDB.databases()) {
		const database = await done(indexedDB.open(name));
		for (const store of database.objectStoreNames) {
			const rows = database.transaction(store).objectStore(store);
			const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
			keep(`IndexedDB ${name}/${store}`, [keys, values]);
		}
		database.close();
	}
	return found;
}

/** The keys of the vault that is open, as they lie in the browser's session memory: 32 bytes each. */
export async function openKeys(page: Page): Promise<Buffer[]> {
	const stored = await page.evaluate(() => chrome.storage.session.get("session/open"));
	const row = Buffer.from(String(stored["session/open"]), "base64");
	const fields: Buffer[] = [];
	for (let at = 0; at < row.length; ) {
		const end = at + 4 + row.readUInt32BE(at);
		fields.push(row.subarray(at + 4, end));
		at = end;
	}
	const [, , keys = Buffer.alloc(0)] = fields; // its label, the generation, the keys
	return Array.from({ length: keys.length / 32 }, (_, nth) => keys.subarray(32 * nth, 32 * nth + 32));
}
