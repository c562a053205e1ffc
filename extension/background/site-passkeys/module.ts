/** The program that makes passkeys and signs by them, loaded when a site first asks. */
import init, { type Asking, Ceremony, Suffixes } from "../../wasm/passkey/sigill_passkey.js";

const WASM = "extension/wasm/passkey/sigill_passkey_bg.wasm";
const SUFFIXES = "extension/data/public-suffixes.txt";

let loaded: Promise<Suffixes> | undefined;

async function load(): Promise<Suffixes> {
	const list = fetch(chrome.runtime.getURL(SUFFIXES)).then((answer) => answer.text());
	await init({ module_or_path: fetch(chrome.runtime.getURL(WASM)) });
	return new Suffixes(await list);
}

/** The public-suffix list, with the program loaded. */
function suffixes(): Promise<Suffixes> {
	loaded ??= load().catch((reason: unknown) => {
		loaded = undefined;
		throw reason;
	});
	return loaded;
}

/** Does `work` with what a page asked for; nothing where the browser's own passkeys answer. */
export async function withCeremony<T>(
	words: string,
	asking: Asking,
	work: (ceremony: Ceremony) => Promise<T>,
): Promise<T | undefined> {
	const list = await suffixes();
	let ceremony: Ceremony;
	try {
		ceremony = new Ceremony(words, asking, list);
	} catch {
		return undefined;
	}
	try {
		return await work(ceremony);
	} finally {
		ceremony.free();
	}
}
