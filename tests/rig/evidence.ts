import { createHash } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import type { FieldKey, Item } from "../../extension/wasm/sigill.js";
import type { Person } from "./person.ts";

export interface Entry {
	readonly name: string;
	readonly username: string;
	readonly password: string;
	readonly urls: string[];
	readonly notes: string;
}

interface Rows {
	readonly total: number;
	readonly rows: readonly { readonly id: string }[];
}

/** Every entry of the open vault, opened one by one, in the list's order. */
export async function entries(person: Person, scope: "all" | "trash" = "all"): Promise<Entry[]> {
	const ids: string[] = [];
	let total = 1;
	while (ids.length < total) {
		const page: Rows = JSON.parse(
			await person.ask("list", { text: "", scope: { of: scope }, from: ids.length, count: 500 }),
		);
		total = page.total;
		ids.push(...page.rows.map(({ id }) => id));
		if (page.rows.length === 0) break;
	}
	const found: Entry[] = [];
	for (const id of ids) {
		const { content } = await person.ask<Item>("item", id);
		const text = (field: FieldKey) => content.values.find((value) => value.field === field)?.text ?? "";
		const [username, password, notes] = [text("username"), text("password"), text("notes")];
		const urls = content.urls.map(({ text }) => text);
		found.push({ name: content.name, username, password, urls, notes });
	}
	return found;
}

/** Entries as text that is equal exactly when they are, whatever their order. */
export function digest(found: readonly Entry[]): string {
	const lines = found.map((entry) => JSON.stringify(entry)).sort();
	return createHash("sha256").update(lines.join("\n")).digest("hex");
}

/**
 * The rows of the vault as they lie on the device, sealed: equal exactly when nothing was written, and none
 * when no vault is active, whatever is kept for an undo.
 */
export async function sealed(person: Person): Promise<string[]> {
	return person.page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const database = await done(indexedDB.open("sigill"));
		const rows = database.transaction("rows").objectStore("rows");
		const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
		database.close();
		if (!keys.includes("active")) return [];
		const lines = keys.map((key, at) => `${key} ${[...(values[at] as Uint8Array)]}`);
		return lines.filter((line) => /^(active|g\/)/.test(line));
	});
}

/** Where the browser put the file that was saved last, once all of it is there. */
export async function savedFile(page: Page): Promise<string> {
	const newest = () =>
		page.evaluate(async () => {
			const [item] = await chrome.downloads.search({ orderBy: ["-startTime"], limit: 1 });
			return item?.state === "complete" ? item.filename : undefined;
		});
	let path: string | undefined;
	await expect
		.poll(async () => {
			path = await newest();
			return path;
		})
		.toBeDefined();
	return path ?? "";
}
