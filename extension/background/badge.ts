/** The number on the button: how many logins there are for the page in that tab. */
import { session } from "./session.ts";

export async function badge(tabId: number, url: string): Promise<void> {
	const count = await logins(url);
	try {
		await chrome.action.setBadgeText({ tabId, text: count > 0 ? String(Math.min(count, 99)) : "" });
		await chrome.action.setBadgeBackgroundColor({ tabId, color: "#2c4a78" });
	} catch {
		// The tab was closed meanwhile.
	}
}

async function logins(url: string): Promise<number> {
	try {
		const offers = await (await session()).offers({ place: { url, top: undefined }, kind: "login" });
		return offers.items.length;
	} catch {
		return 0; // locked
	}
}
