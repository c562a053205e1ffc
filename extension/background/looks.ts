/** How what is shown in pages looks, and what it says: by the person's settings, not the page's. */
import type { Looks } from "../content/messages.ts";
import { settings } from "../storage/index.ts";
import { catalogue } from "./texts.ts";

export async function looks(): Promise<Looks> {
	const [{ theme }, { language, texts }] = await Promise.all([settings(), catalogue()]);
	const inPages = Object.entries(texts).filter(([key]) => key.startsWith("inpage_"));
	return { theme, language, texts: Object.fromEntries(inPages.map(([key, { message }]) => [key, message])) };
}
