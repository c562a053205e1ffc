/** Ways to fill besides the menu in the page: a shortcut, and an entry of the browser's own menu over a field. */

import { fillHere, here } from "./here.ts";
import { openPopup } from "./popup.ts";
import { catalogue } from "./texts.ts";

const FILL = "fill-login";

export function listen(): void {
	chrome.commands?.onCommand.addListener((command) => {
		if (command === FILL) void fillOnly();
	});
	chrome.contextMenus?.onClicked.addListener(({ menuItemId }) => {
		if (menuItemId === FILL) void fillOnly();
	});
	chrome.runtime.onInstalled.addListener(() => void nameMenu());
}

/** Fills where there is one login for the page and nothing odd about it; else the person chooses, in the popup. */
async function fillOnly(): Promise<void> {
	const around = await here().catch(() => undefined); // locked
	const [only, ...others] = around?.offers.items ?? [];
	const isClear = only !== undefined && others.length === 0 && only.caution === undefined;
	const what = isClear && ({ id: only.id, kind: "login", despite: undefined } as const);
	if (around && what && (await fillHere(around.page, what)) === "filled") return;
	await openPopup();
}

async function nameMenu(): Promise<void> {
	if (!chrome.contextMenus) return;
	const title = (await catalogue()).texts.command_fill.message;
	await chrome.contextMenus.removeAll();
	chrome.contextMenus.create({
		id: FILL,
		title,
		contexts: ["editable"],
		documentUrlPatterns: ["http://*/*", "https://*/*"],
	});
}
