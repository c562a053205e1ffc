/** `sigill` in the address bar: finds logins by what is typed after it, and goes to the site of the one that is chosen. */
import type { Rows } from "../wasm/sigill.js";
import { call, isOpen } from "./session.ts";
import { catalogue } from "./texts.ts";

const MOST = 6;

interface Site {
	readonly host: string;
	readonly told: string;
}

export function listen(): void {
	chrome.omnibox?.onInputStarted.addListener(() => void name());
	chrome.omnibox?.onInputChanged.addListener((text, suggest) => {
		void sitesFor(text).then(
			(sites = []) => suggest(sites.map(({ host, told }) => ({ content: host, description: escaped(told) }))),
			() => suggest([]), // locked meanwhile
		);
	});
	chrome.omnibox?.onInputEntered.addListener((text, where) => void enter(text, where));
}

async function name(): Promise<void> {
	const { texts } = await catalogue();
	chrome.omnibox.setDefaultSuggestion({ description: escaped(texts.omnibox_hint.message) });
}

/** Nothing while the vault is locked: then it is opened first. */
async function sitesFor(text: string): Promise<Site[] | undefined> {
	if (!(await isOpen())) return undefined;
	const query = { text, scope: { of: "kind", kind: "login" }, from: 0, count: MOST } as const;
	const { rows }: Rows = JSON.parse(await call("list", query));
	const found = rows.filter(({ host }) => host !== "");
	return found.map(({ host, name, detail }) => ({
		host,
		told: [name, detail, host].filter(Boolean).join(" · "),
	}));
}

/** A host that was suggested, or what was typed: then the first that it finds. */
async function enter(text: string, where: `${chrome.omnibox.OnInputEnteredDisposition}`): Promise<void> {
	const sites = await sitesFor(text);
	const site = sites?.find(({ host }) => host === text) ?? sites?.[0];
	if (site === undefined) {
		await chrome.tabs.create({ url: chrome.runtime.getURL("extension/pages/app.html") });
		return;
	}
	const url = `https://${site.host}/`;
	if (where === "currentTab") await chrome.tabs.update({ url });
	else await chrome.tabs.create({ url, active: where === "newForegroundTab" });
}

/** Chromium, which can style descriptions, reads them as XML; Firefox shows them as they are. */
function escaped(text: string): string {
	if (!("DescriptionStyleType" in chrome.omnibox)) return text;
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
