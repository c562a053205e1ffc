/** The person answers, or nobody does any longer. */
import { type AskedRow, allAsked, asked, hush, setListed, takeAsked } from "../../storage/index.ts";
import type { Ceremony } from "../../wasm/passkey/sigill_passkey.js";
import type { SitePasskey } from "../../wasm/sigill.js";
import { changed } from "../pages.ts";
import { call, isOpen } from "../session.ts";
import { soon } from "../sync.ts";
import { heldFor, hostOf } from "./held.ts";
import type { Answered, AskedFor, Choice, Chosen, Seen, ToSite } from "./messages.ts";
import { withCeremony } from "./module.ts";

const GONE: Seen = { state: "gone" };
const CANCELLED: Answered = { outcome: "refused", error: "NotAllowedError" };
const ELSEWHERE: Answered = { outcome: "elsewhere" };
/** A script that says nothing for so long doesn't mean to. */
const SAYS_MS = 2000;

/** What was asked for, to look at. */
export async function see(id: string): Promise<Seen> {
	const row = await asked(id);
	if (!row || !(await waits(row))) return GONE;
	const seen = await ceremonyOf(row, (ceremony) => look(row, ceremony));
	return seen ?? GONE;
}

async function look(row: AskedRow, ceremony: Ceremony): Promise<Seen> {
	const { act, rp, user, displayName } = ceremony.about();
	const asks: AskedFor = { act, rp, user, displayName, origin: row.origin, host: hostOf(row.origin) };
	const held = await heldFor(rp, user);
	if (!held) return { state: "locked", asked: asks };
	const passkeys = held.passkeys.filter(({ credential }) => ceremony.concerns(credential));
	return { state: "open", asked: asks, passkeys, home: held.home };
}

/** Does what the person chose. */
export async function choose(id: string, choice: Choice): Promise<Chosen> {
	const row = await asked(id);
	if (!row || !(await waits(row))) {
		await takeAsked(id);
		return "gone";
	}
	switch (choice.choose) {
		case "elsewhere":
			return settle(id, ELSEWHERE);
		case "never-here":
			await setListed("sitePasskeysOff", hostOf(row.origin), true);
			return settle(id, ELSEWHERE);
		case "create":
			return (await ceremonyOf(row, (ceremony) => create(id, ceremony))) ?? "gone";
		case "passkey":
			return (await ceremonyOf(row, (ceremony) => sign(id, ceremony, choice))) ?? "gone";
	}
}

async function create(id: string, ceremony: Ceremony): Promise<Chosen> {
	const { rp, user, site } = ceremony.about();
	const held = await heldFor(rp, user);
	if (!held || ceremony.needsVerification(held.openedAt, now())) return "verify";
	const credentials = held.passkeys.map(({ credential }) => credential);
	if (credentials.some((credential) => ceremony.concerns(credential))) {
		return settle(id, { outcome: "refused", error: "InvalidStateError" });
	}
	const made = ceremony.make(credentials, held.openedAt, now());
	try {
		// In the vault before the site hears of it: a passkey that the site knows and nobody has locks somebody out.
		await call("keepSitePasskey", made.passkey(), site);
		changed();
		soon();
		return settle(id, { outcome: "credential", credential: made.answer });
	} finally {
		made.free();
	}
}

async function sign(
	id: string,
	ceremony: Ceremony,
	{ item, credential }: Pick<SitePasskey, "item" | "credential">,
): Promise<Chosen> {
	const held = await heldFor(ceremony.about().rp);
	if (!held || ceremony.needsVerification(held.openedAt, now())) return "verify";
	const passkey = await call("sitePasskey", item, credential);
	try {
		const signed = ceremony.sign(passkey, held.openedAt, now());
		await call("touch");
		return settle(id, { outcome: "credential", credential: signed });
	} finally {
		passkey.fill(0);
	}
}

/** The page is told once. */
async function settle(id: string, answer: Answered): Promise<Chosen> {
	const row = await takeAsked(id);
	if (!row) return "gone";
	await tell(row, { sigill: "site-passkey-answer", id, answer });
	return "done";
}

/** The page waits no longer: nor does the window. Only whoever asked may say so. */
export async function stop(id: string, document: string): Promise<void> {
	const row = await asked(id);
	if (row?.document !== document) return;
	if (!row.conditional) await hush(row.tab); // before it makes room for another window
	await take(row);
}

/** Closed without a word it was a no; a vault that stayed locked had nothing to say. */
export async function windowClosed(window: number): Promise<void> {
	const row = (await allAsked()).find((one) => one.window === window);
	if (!row) return;
	await hush(row.tab);
	await settle(row.id, (await isOpen()) ? CANCELLED : ELSEWHERE);
}

/** Nothing in it waits any longer. */
export async function tabClosed(tab: number): Promise<void> {
	for (const row of await allAsked()) if (row.tab === tab) await take(row);
}

/** Takes out what no document waits for any longer: one that crashed or was put aside didn't say that it goes. */
export async function takeGone(): Promise<void> {
	const late = new Promise<false>((done) => setTimeout(() => done(false), SAYS_MS));
	const takeIfGone = async (row: AskedRow) => {
		if (!(await Promise.race([waits(row), late]))) await take(row);
	};
	await Promise.all((await allAsked()).map(takeIfGone));
}

async function take({ id, window }: AskedRow): Promise<void> {
	await takeAsked(id);
	if (window !== undefined) await chrome.windows.remove(window).catch(() => undefined);
}

/** What waits in a tab, or in a document of it, until somebody chooses: for the popup, and the menu beside a field. */
export async function offered(tab: number, document?: string): Promise<{ id: string; seen: Seen }[]> {
	const isMeant = (row: AskedRow) => document === undefined || row.document === document;
	const rows = (await allAsked()).filter((row) => row.tab === tab && row.conditional && isMeant(row));
	const all = await Promise.all(rows.map(async ({ id }) => ({ id, seen: await see(id) })));
	for (const { id, seen } of all) if (seen.state === "gone") await takeAsked(id);
	return all.filter(({ seen }) => seen.state !== "gone");
}

/** Whether the document that asked is still there, and waits. */
async function waits(row: AskedRow): Promise<boolean> {
	return (await tell(row, { sigill: "site-passkey-waits", id: row.id })) === true;
}

async function tell({ tab, document }: AskedRow, message: ToSite): Promise<unknown> {
	try {
		return await chrome.tabs.sendMessage(tab, message, { documentId: document });
	} catch {
		return undefined;
	}
}

/** Who asks was looked at when it did; that a person sees it now is their own act. */
function ceremonyOf<T>(
	{ words, origin, around }: AskedRow,
	work: (ceremony: Ceremony) => Promise<T>,
): Promise<T | undefined> {
	return withCeremony(words, { origin, around: around && [...around], occasion: "acted" }, work);
}

const now = (): number => Math.floor(Date.now() / 1000);
