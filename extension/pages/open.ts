import type { Act, Status } from "../wasm/sigill.js";
import { dismiss } from "./danger/dismiss.ts";
import { address, type View } from "./view.ts";

const PAGE = "extension/pages/app.html";
const DANGER = "extension/pages/danger.html";

/** What a danger page is opened for. */
export type Purpose = Act["act"] | "restore" | "resume";

/** Opens the full page in a tab of its own. */
export async function openFull(view: View): Promise<void> {
	await chrome.tabs.create({ url: chrome.runtime.getURL(`${PAGE}${address(view)}`) });
}

/** Opens a danger page: always its own top-level tab. An act that is over makes room for the new one. */
export async function openDanger(purpose: Purpose, status: Status): Promise<void> {
	const phase = status.unfinished?.phase.phase;
	if (purpose !== "resume" && (phase === "done" || phase === "over")) await dismiss();
	await chrome.tabs.create({ url: chrome.runtime.getURL(`${DANGER}#${purpose}`) });
}
