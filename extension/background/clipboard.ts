/**
 * Empties the clipboard some time after a secret was copied. The worker has no
 * clipboard: Chromium lends it an offscreen page, Firefox's background has a
 * page of its own. Alarms sleep at least 30 s; a timer serves shorter times
 * for as long as the worker lives.
 */
import type { Request } from "./messages.ts";

const ALARM = "clipboard";
const SHORTEST_ALARM_S = 30;
const PAGE = "extension/background/offscreen.html";

export async function clearIn(seconds: number): Promise<void> {
	await chrome.alarms.clear(ALARM);
	if (seconds <= 0) return;
	await chrome.alarms.create(ALARM, { when: Date.now() + Math.max(seconds, SHORTEST_ALARM_S) * 1000 });
	if (seconds < SHORTEST_ALARM_S) setTimeout(() => void clear(), seconds * 1000);
}

export async function onAlarm(alarm: chrome.alarms.Alarm): Promise<void> {
	if (alarm.name === ALARM) await clear();
}

async function clear(): Promise<void> {
	await chrome.alarms.clear(ALARM);
	if (typeof document !== "undefined") {
		wipe(document);
		return;
	}
	await chrome.offscreen.createDocument({
		url: PAGE,
		reasons: [chrome.offscreen.Reason.CLIPBOARD],
		justification: "Empties the clipboard after a password was copied.",
	});
	const message: Request = { sigill: "wipe-clipboard" };
	await chrome.runtime.sendMessage(message);
	await chrome.offscreen.closeDocument();
}

/** Copies nothing over whatever is there. */
export function wipe(page: Document): void {
	const empty = (event: ClipboardEvent) => {
		event.clipboardData?.setData("text/plain", "");
		event.preventDefault();
	};
	page.addEventListener("copy", empty, { once: true });
	page.execCommand("copy");
}
