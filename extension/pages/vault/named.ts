import type { Content } from "../../wasm/sigill.js";

/** What an entry is called: as the person said, else by its website. */
export function nameOf({ name, urls }: Content): string {
	return name.trim() || hostOf(urls[0]?.text.trim() ?? "");
}

function hostOf(url: string): string {
	if (url === "") return "";
	const whole = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
	return URL.parse(whole)?.hostname.replace(/^www\./, "") ?? "";
}
