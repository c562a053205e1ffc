import { onSettings, type Settings, settings } from "../storage/index.ts";
import { languageOf, loadTexts, t } from "../ui/text.ts";

/** Readies texts and theme, then shows the element that is the page. */
export async function start(
	tag: string,
	title: "page_app" | "page_popup" | "page_danger" | "page_site_passkey" | "page_http_sign_in",
): Promise<void> {
	let spoken: Settings["language"] | undefined;
	// Listens before it reads: no change falls between the two.
	onSettings((next) => {
		wear(next);
		if (spoken !== undefined && next.language !== spoken) location.reload();
	});
	const chosen = await settings();
	spoken = chosen.language;
	wear(chosen);
	await loadTexts(languageOf(chosen.language));
	document.title = t(title);
	document.body.append(document.createElement(tag));
}

function wear({ theme }: Settings): void {
	const root = document.documentElement;
	if (theme === "auto") delete root.dataset["theme"];
	else root.dataset["theme"] = theme;
}
