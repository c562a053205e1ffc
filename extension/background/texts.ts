/** The texts that the background hands out: it has no page that loads them. */
import { settings } from "../storage/index.ts";
import { type Key, type Language, languageOf } from "../ui/text.ts";

/** All of them, in the person's language. */
export async function catalogue(): Promise<{ language: Language; texts: Record<Key, { message: string }> }> {
	const language = languageOf((await settings()).language);
	const answer = await fetch(chrome.runtime.getURL(`_locales/${language}/messages.json`));
	return { language, texts: await answer.json() };
}
