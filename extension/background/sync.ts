/** When the session looks at the clock and at the cloud. */
import { changed } from "./pages.ts";
import { call } from "./session.ts";

const ALARM = "tick";
const SETTLED_MS = 1_500;

let waiting: ReturnType<typeof setTimeout> | undefined;
let seen = "";

/** Every minute: lock when due, sync when due, resume what was begun. The session decides. */
export async function watch(): Promise<void> {
	await chrome.alarms.create(ALARM, { periodInMinutes: 1 });
}

export async function onAlarm(alarm: chrome.alarms.Alarm): Promise<void> {
	if (alarm.name === ALARM) await tick();
}

/** Soon after the last of a run of edits. The alarm catches what a killed worker forgot. */
export function soon(): void {
	clearTimeout(waiting);
	waiting = setTimeout(() => void tick(), SETTLED_MS);
}

/** Pages look again only if something they show is another than before. */
export async function tick(): Promise<void> {
	try {
		const status = JSON.stringify(await call("tick"));
		if (status !== seen) changed();
		seen = status;
	} catch (thrown) {
		console.error(thrown);
	}
}
