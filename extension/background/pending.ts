/** What was sent in a tab and waits for the person to say whether to keep it: they are asked in the page and in the popup. */
import type { Pending, ToPage } from "../content/messages.ts";
import { forgetSent, isListed, isRefused, type Sent, sentIn, setListed } from "../storage/index.ts";
import type { Submitted } from "../wasm/sigill.js";
import type { Asker } from "./asker.ts";
import { changed } from "./pages.ts";
import { call, isOpen } from "./session.ts";
import { soon } from "./sync.ts";
import { activeTab } from "./tabs.ts";

export interface PendingHere extends Omit<Pending, "isOfSite"> {
	readonly tab: number;
}

export type Settling = "save" | "drop" | "never";

/**
 * What the page that the tab shows now is told. Who signs in at one site ends up on another's page, which may ask for
 * them, and learns neither who they are there nor what the vault knows of it (docs/adr/0059).
 */
export async function pendingFor({ tab, place }: Asker, sent: Sent): Promise<Pending | undefined> {
	const waits = await pendingIn(tab, sent);
	if (!waits || (await isFrom(place.url, sent))) return waits && { ...waits, isOfSite: true };
	const savable = waits.savable === "locked" ? "locked" : "new";
	return { at: waits.at, host: waits.host, savable, name: "", userName: "", isOfSite: false };
}

/** What the vault knows already waits no longer. */
async function pendingIn(tab: number, sent: Sent): Promise<Omit<Pending, "isOfSite"> | undefined> {
	if (sent.password === "") return undefined;
	const { hostname: host } = new URL(sent.url);
	if (await isListed("neverSave", host)) return undefined;
	const of = { at: sent.at, host, userName: sent.userName };
	if (!(await isOpen())) return { ...of, savable: "locked", name: "" };
	const { savable, name } = await call("submitted", submitted(sent));
	if (savable !== "known") return { ...of, savable, name };
	await forgetSent(tab, sent.at);
	return undefined;
}

/** Saves what was sent `at`; whether it was saved. It stays where it couldn't be. */
export async function saveIn(tab: number, at: number): Promise<boolean> {
	const sent = await sentIn(tab);
	if (!sent?.password || sent.at !== at || !(await isOpen())) return false;
	await call("saveSubmitted", submitted(sent));
	await forgetSent(tab, at);
	changed();
	soon();
	return true;
}

/** For a page: another site's may not say that nothing is to be saved for this one. */
export async function dropFor({ tab, place }: Asker, at: number, forever: boolean): Promise<void> {
	const sent = await sentIn(tab);
	if (sent?.at !== at || (forever && !(await isFrom(place.url, sent)))) return;
	await dropIn(tab, at, forever);
}

async function dropIn(tab: number, at: number, forever: boolean): Promise<void> {
	const sent = await sentIn(tab);
	if (sent?.at !== at) return;
	if (forever) await setListed("neverSave", new URL(sent.url).hostname, true);
	await forgetSent(tab, at);
}

/** What the popup asks about, for the page beside it: not what that page seems to have refused. */
export async function pendingHere(): Promise<PendingHere | undefined> {
	const { id: tab, url } = (await activeTab()) ?? {};
	const sent = tab === undefined ? undefined : await sentIn(tab);
	if (tab === undefined || !sent || (await isRefused(tab, sent.at, url))) return undefined;
	const waits = await pendingIn(tab, sent);
	return waits && { ...waits, tab };
}

/** Keeps it, or lets go of it, as the person chose in the popup, and the page asks no more; whether it was saved. */
export async function settleHere(
	{ tab, at }: Pick<PendingHere, "tab" | "at">,
	choice: Settling,
): Promise<boolean> {
	const saved = choice === "save" && (await saveIn(tab, at));
	if (choice !== "save") await dropIn(tab, at, choice === "never");
	const settled: ToPage = { sigill: "settled" };
	await chrome.tabs.sendMessage(tab, settled, { frameId: 0 }).catch(() => undefined); // no script of ours is there
	return saved;
}

/** Whether a page is of the site that something was sent on. */
async function isFrom(page: string, { url }: Sent): Promise<boolean> {
	const [one, other] = [new URL(page).origin, new URL(url).origin];
	return one === other || call("areOneSite", one, other).catch(() => false);
}

const submitted = ({ url, userName, password, replaced }: Sent): Submitted => ({
	place: { url, top: undefined },
	name: "",
	userName,
	password,
	replaced,
});
