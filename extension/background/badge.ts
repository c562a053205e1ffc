/** The number on the button: how many logins there are for the page in a tab. */
import { isListed, onSettings } from "../storage/index.ts";
import { loginsFor } from "./logins.ts";
import { isOpen } from "./session.ts";

/** Counts anew wherever a tab shows another page, or comes to the front. */
export function listen(): void {
	chrome.tabs.onUpdated.addListener((_, { status }, tab) => {
		if (status === "complete") void badge(tab);
	});
	chrome.tabs.onActivated.addListener(({ tabId }) => void chrome.tabs.get(tabId).then(badge));
	onSettings(() => void badgeAll());
}

/** Counts anew what can be seen; a locked vault says nothing in any tab. */
export async function badgeAll(): Promise<void> {
	const tabs = await chrome.tabs.query((await isOpen()) ? { active: true } : {});
	await Promise.all(tabs.map(badge));
}

async function badge({ id: tabId, url }: chrome.tabs.Tab): Promise<void> {
	if (tabId === undefined || !url || !/^https?:/.test(url)) return;
	const count = await countOf(url);
	try {
		if ((await chrome.tabs.get(tabId)).url !== url) return; // it went elsewhere, and is counted anew
		await chrome.action.setBadgeText({ tabId, text: count > 0 ? String(Math.min(count, 99)) : "" });
		await chrome.action.setBadgeBackgroundColor({ tabId, color: "#2c4a78" });
	} catch {
		// The tab was closed meanwhile.
	}
}

async function countOf(url: string): Promise<number> {
	if (!(await isOpen()) || (await isListed("offSites", new URL(url).hostname))) return 0;
	return loginsFor(url).then(
		({ items }) => items.length,
		() => 0, // locked meanwhile
	);
}
