/** The number on the button: how many logins there are for the page in a tab. */
import { settings } from "../storage/index.ts";
import { activeTab } from "./here.ts";
import { loginsFor } from "./logins.ts";

/** Counts anew wherever a tab shows another page. */
export function listen(): void {
	chrome.tabs.onUpdated.addListener((_, { status }, tab) => {
		if (status === "complete") void badge(tab);
	});
}

/** Counts anew for the tab that the person is in. */
export async function badgeHere(): Promise<void> {
	const tab = await activeTab();
	if (tab) await badge(tab);
}

async function badge({ id: tabId, url }: chrome.tabs.Tab): Promise<void> {
	if (tabId === undefined || !url || !/^https?:/.test(url)) return;
	const count = await countOf(url);
	try {
		await chrome.action.setBadgeText({ tabId, text: count > 0 ? String(Math.min(count, 99)) : "" });
		await chrome.action.setBadgeBackgroundColor({ tabId, color: "#2c4a78" });
	} catch {
		// The tab was closed meanwhile.
	}
}

async function countOf(url: string): Promise<number> {
	if ((await settings()).offSites.includes(new URL(url).hostname)) return 0;
	return loginsFor(url).then(
		({ items }) => items.length,
		() => 0, // locked
	);
}
