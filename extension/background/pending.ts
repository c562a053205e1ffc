/** What was sent in a tab and waits for the person to say whether to keep it: they are asked in the page and in the popup. */
import type { Pending, ToPage } from "../content/messages.ts";
import { forgetSent, isListed, type Sent, sentIn, setListed } from "../storage/index.ts";
import type { Submitted } from "../wasm/sigill.js";
import { changed } from "./pages.ts";
import { call, isOpen } from "./session.ts";
import { soon } from "./sync.ts";
import { activeTab } from "./tabs.ts";

/** What the vault knows already waits no longer. */
export async function pendingIn(tab: number): Promise<Pending | undefined> {
	const sent = await sentIn(tab);
	if (!sent?.password) return undefined;
	const { hostname: host } = new URL(sent.url);
	if (await isListed("neverSave", host)) return undefined;
	const of = { host, userName: sent.userName };
	if (!(await isOpen())) return { ...of, savable: "locked", name: "" };
	const { savable, name } = await call("submitted", submitted(sent));
	if (savable !== "known") return { ...of, savable, name };
	await forgetSent(tab);
	return undefined;
}

/** Whether it was saved; it stays where it couldn't be. */
export async function saveIn(tab: number): Promise<boolean> {
	const sent = await sentIn(tab);
	if (!sent?.password || !(await isOpen())) return false;
	await call("saveSubmitted", submitted(sent));
	await forgetSent(tab);
	changed();
	soon();
	return true;
}

export async function dropIn(tab: number, forever: boolean): Promise<void> {
	const sent = await sentIn(tab);
	if (forever && sent) await setListed("neverSave", new URL(sent.url).hostname, true);
	await forgetSent(tab);
}

/** The popup asks for the page beside it, which then asks no more. */
export async function pendingHere(): Promise<Pending | undefined> {
	const tab = await activeTab();
	return tab?.id === undefined ? undefined : pendingIn(tab.id);
}

/** Keeps it, or lets go of it, as the person chose in the popup; whether it was saved. */
export async function settleHere(choice: "save" | "drop" | "never"): Promise<boolean> {
	const tab = await activeTab();
	if (tab?.id === undefined) return false;
	const saved = choice === "save" && (await saveIn(tab.id));
	if (choice !== "save") await dropIn(tab.id, choice === "never");
	const settled: ToPage = { sigill: "settled" };
	await chrome.tabs.sendMessage(tab.id, settled, { frameId: 0 }).catch(() => undefined); // no script of ours is there
	return saved;
}

const submitted = ({ url, userName, password, replaced }: Sent): Submitted => ({
	place: { url, top: undefined },
	name: "",
	userName,
	password,
	replaced,
});
