/** The tab that the person is in: what the vault has for it, and filling it from the popup. */
import type { ToPage } from "../content/messages.ts";
import { settings } from "../storage/index.ts";
import type { Caution, Offers } from "../wasm/sigill.js";
import { bring } from "./bring.ts";
import { loginsFor } from "./logins.ts";

/** The page beside the popup. */
export interface Here {
	readonly host: string;
	/** Whether the person wants no help there. */
	readonly off: boolean;
	readonly offers: Offers;
}

/** Nothing where the tab shows no page of a site. */
export async function here(): Promise<Here | undefined> {
	const tab = await activeTab();
	if (!tab?.url || !/^https?:/.test(tab.url)) return undefined;
	const offers = await loginsFor(tab.url);
	const host = new URL(tab.url).hostname;
	return { host, offers, off: (await settings()).offSites.includes(host) };
}

/** Fills the tab's form: that of the page itself, else that of a frame in it. Whether anything went in. */
export async function fillHere(id: string, despite: Caution | undefined): Promise<boolean> {
	const tab = await activeTab();
	if (tab?.id === undefined) return false;
	await bring("content", { tab: tab.id, frame: "all" }).catch(() => undefined); // a page of the browser's own
	const message: ToPage = { sigill: "fill", id, kind: "login", despite, frames: false };
	if (await tell(tab.id, message, { frameId: 0 })) return true;
	return tell(tab.id, { ...message, frames: true }, {});
}

export async function activeTab(): Promise<chrome.tabs.Tab | undefined> {
	const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
	return tab;
}

async function tell(tab: number, message: ToPage, to: chrome.tabs.MessageSendOptions): Promise<boolean> {
	try {
		return (await chrome.tabs.sendMessage<ToPage, boolean | undefined>(tab, message, to)) === true;
	} catch {
		return false; // no script of ours is in that page
	}
}
