/** Has the core make something. The module and the word lists are loaded when they are used. */
import { type Choices, passwordWish, wishOf } from "../../storage/index.ts";
import { language } from "../../ui/text.ts";
import type { Made, WordList } from "../../wasm/page/sigill_page.js";

type Module = typeof import("../../wasm/page/sigill_page.js");

/** What an address for one site is made of. */
export interface Mail {
	/** The person's own address. */
	readonly address: string;
	/** The site, or any word. */
	readonly tag: string;
}

const FILES: Record<WordList, string> = { english: "en.txt", swedish: "sv.txt" };

let module: Promise<Module> | undefined;
const lists = new Map<WordList, Promise<Uint8Array>>();

export async function make(chosen: Choices, mail: Mail): Promise<Made> {
	const { password, passphrase, userName, subAddress } = await load();
	switch (chosen.kind) {
		case "password":
			return read(password(passwordWish(chosen), ""));
		case "passphrase": {
			const { words, separator } = chosen;
			const capital = chosen.capitals ? "each" : "none";
			const wish = wishOf({ words, separator, capital, number: chosen.number ? "one" : "none" });
			const list = listOf(chosen);
			return read(passphrase(wish, list, await wordsOf(list)));
		}
		case "user_name": {
			const { joint, nameDigits: digits } = chosen;
			const wish = wishOf({ joint, digits, capital: chosen.nameCapitals ? "each" : "none" });
			const list = listOf(chosen);
			return read(userName(wish, list, await wordsOf(list)));
		}
		case "sub_address":
			return read(subAddress(mail.address, mail.tag));
	}
}

/** The list that a person chose, or that of the language of the pages. */
export function listOf({ list }: Choices): WordList {
	if (list !== "auto") return list;
	return language() === "sv" ? "swedish" : "english";
}

function read(made: string): Made {
	return JSON.parse(made);
}

function load(): Promise<Module> {
	module ??= begin().catch((failed) => {
		module = undefined;
		throw failed;
	});
	return module;
}

async function begin(): Promise<Module> {
	const loaded = await import("../../wasm/page/sigill_page.js");
	await loaded.default({
		module_or_path: chrome.runtime.getURL("extension/wasm/page/sigill_page_bg.wasm"),
	});
	return loaded;
}

function wordsOf(list: WordList): Promise<Uint8Array> {
	const known = lists.get(list) ?? fetchWords(list);
	lists.set(list, known);
	known.catch(() => lists.delete(list));
	return known;
}

async function fetchWords(list: WordList): Promise<Uint8Array> {
	const answer = await fetch(chrome.runtime.getURL(`extension/words/${FILES[list]}`));
	return new Uint8Array(await answer.arrayBuffer());
}
