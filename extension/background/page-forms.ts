/** Understands forms: a wasm module of its own, loaded when a page has something to fill. */
import type { Form } from "../content/messages.ts";
import init, { understand } from "../wasm/page/sigill_page.js";

const WASM = "extension/wasm/page/sigill_page_bg.wasm";

let loaded: Promise<unknown> | undefined;

export async function formsIn(description: string): Promise<Form[]> {
	loaded ??= init({ module_or_path: fetch(chrome.runtime.getURL(WASM)) });
	await loaded;
	return JSON.parse(understand(description));
}
