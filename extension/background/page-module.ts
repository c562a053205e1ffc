/** What pages need of the core beside the vault: a wasm module of its own, loaded when a page has something to fill. */
import type { Form } from "../content/messages.ts";
import { choices, passwordWish } from "../storage/index.ts";
import init, { type Made, password, understand } from "../wasm/page/sigill_page.js";

const WASM = "extension/wasm/page/sigill_page_bg.wasm";

let loaded: Promise<unknown> | undefined;

/** Understands the forms of a page. */
export async function formsIn(description: string): Promise<Form[]> {
	await load();
	return JSON.parse(understand(description));
}

/** A password as the person wishes for them and the site takes them; none where the two don't go together. */
export async function passwordFor(rules: string): Promise<string | undefined> {
	const [wish] = await Promise.all([choices().then(passwordWish), load()]);
	const made: Made = JSON.parse(password(wish, rules));
	return made.value ?? undefined;
}

function load(): Promise<unknown> {
	loaded ??= init({ module_or_path: fetch(chrome.runtime.getURL(WASM)) });
	return loaded;
}
