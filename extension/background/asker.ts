/** A script of ours in a page that asks: which one, and where, by the browser's word. */
import type { Place } from "../wasm/sigill.js";

export interface Asker {
	readonly place: Place;
	readonly host: string;
	readonly origin: string;
	readonly tab: number;
	readonly frame: number;
	/** The document in that frame, where the browser tells. */
	readonly document: string | undefined;
}

/**
 * Nobody but a script of ours in a tab, in a page that has a site. An empty or written-in frame is of whoever made it:
 * its origin says so, its address doesn't. Of a frame whose tab isn't known nothing is said.
 */
export function askerOf(sender: chrome.runtime.MessageSender): Asker | undefined {
	const { id, tab, url, origin, frameId: frame, documentId: document } = sender;
	if (id !== chrome.runtime.id || tab?.id === undefined || frame === undefined) return undefined;
	if (!origin || !/^https?:/.test(origin)) return undefined;
	const own = url !== undefined && new URL(url).origin === origin ? url : `${origin}/`;
	const place = { url: own, top: frame === 0 ? undefined : (tab.url ?? "unknown:") };
	return { place, host: new URL(own).hostname, origin, tab: tab.id, frame, document };
}
