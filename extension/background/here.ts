/** The tab that the person is in: what the vault has for it, and filling it from the popup. */
import type { Fillable } from "../content/form-kinds.ts";
import type { Filled, ToPage } from "../content/messages.ts";
import { isListed } from "../storage/index.ts";
import type { Caution, Offered, Offers } from "../wasm/sigill.js";
import { bring } from "./bring.ts";
import { loginsFor } from "./logins.ts";
import { call } from "./session.ts";
import { activeTab } from "./tabs.ts";

/** A page that a person was told of. Its tab may show another one by the time they press: each script holds itself against it. */
export interface Told {
	readonly tab: number;
	readonly origin: string;
}

/** The page beside the popup. */
export interface Here {
	readonly page: Told;
	readonly host: string;
	/** Whether the person wants no help there. */
	readonly off: boolean;
	readonly offers: Offers;
}

/** An item that a form in the page beside the popup takes, and a login isn't. */
export interface Other extends Offered {
	readonly kind: "card" | "identity";
}

/** Nothing where the tab shows no page of a site. */
export async function here(): Promise<Here | undefined> {
	const tab = await activeTab();
	if (tab?.id === undefined || !tab.url || !/^https?:/.test(tab.url)) return undefined;
	const { origin, hostname: host } = new URL(tab.url);
	const page = { tab: tab.id, origin };
	return { page, host, offers: await loginsFor(tab.url), off: await isListed("offSites", host) };
}

/** Cards and identities, where a form of the page takes them: to ask it takes longer than to show its logins. */
export async function othersHere({ tab, origin }: Told): Promise<Other[]> {
	await bring("content", { tab, frame: 0 }).catch(() => undefined);
	const taken = (await tell<Fillable[]>(tab, { sigill: "taken", origin }, { frameId: 0 })) ?? [];
	const place = { url: `${origin}/`, top: undefined };
	const others: Other[] = [];
	for (const kind of ["card", "identity"] as const) {
		if (!taken.includes(kind)) continue;
		const { items } = await call("offers", { place, kind });
		others.push(...items.map((item) => ({ ...item, kind })));
	}
	return others;
}

/** Fills the form of the page that the person was told of: its own, else that of a frame in it. */
export async function fillHere(
	{ tab, origin }: Told,
	{ id, kind, despite }: { id: string; kind: Fillable; despite: Caution | undefined },
): Promise<Filled> {
	if (await isListed("offSites", new URL(origin).hostname)) return "nothing";
	const frames = kind === "login" ? "all" : 0;
	const brought = await bring("content", { tab, frame: frames }).catch(() => []); // a page of the browser's own
	for (const frameId of brought.sort((one, other) => one - other)) {
		const filled = await tell<Filled>(tab, { sigill: "fill", origin, id, kind, despite }, { frameId });
		if (filled === "filled" || filled === "elsewhere") return filled;
	}
	return "nothing";
}

async function tell<Answer>(
	tab: number,
	message: ToPage,
	to: chrome.tabs.MessageSendOptions,
): Promise<Answer | undefined> {
	try {
		return await chrome.tabs.sendMessage<ToPage, Answer | undefined>(tab, message, to);
	} catch {
		return undefined; // no script of ours is in that page
	}
}
