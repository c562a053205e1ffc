/**
 * The background: owns the session, answers pages, wakes up now and then. The
 * browser may stop it at any await, so nothing that matters is kept here.
 */
import { forgetQuiet, forgetTab, onlyForOurselves } from "../storage/index.ts";
import * as badge from "./badge.ts";
import * as clipboard from "./clipboard.ts";
import * as commands from "./commands.ts";
import * as httpSignIn from "./http-sign-in.ts";
import * as omnibox from "./omnibox.ts";
import * as page from "./page.ts";
import { changed } from "./pages.ts";
import { answered, route } from "./router.ts";
import { call } from "./session.ts";
import { tabClosed, windowClosed } from "./site-passkeys/answer.ts";
import { hear } from "./site-passkeys/ask.ts";
import * as sync from "./sync.ts";

chrome.runtime.onMessage.addListener(route);
chrome.runtime.onMessage.addListener(page.answerPage);
chrome.runtime.onMessage.addListener(hear);
chrome.windows?.onRemoved.addListener((window) => void windowClosed(window));
chrome.tabs.onRemoved.addListener((tab) => {
	void forgetTab(tab);
	void tabClosed(tab).finally(() => forgetQuiet(tab));
});
chrome.alarms.onAlarm.addListener((alarm) => {
	void sync.onAlarm(alarm);
	void clipboard.onAlarm(alarm);
});
chrome.idle?.onStateChanged.addListener((state) => {
	if (state === "locked") void lock();
});

badge.listen();
commands.listen();
page.listen();
omnibox.listen();
httpSignIn.listen();

void onlyForOurselves();
void sync.watch();
// What was begun before the worker died goes on, once whoever woke it has an answer.
void answered.then(sync.tick);

async function lock(): Promise<void> {
	await call("lock");
	changed();
}
