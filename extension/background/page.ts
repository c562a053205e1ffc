/**
 * Answers the scripts in pages. They are believed nothing but what was typed: where they run the browser says, what
 * is theirs the session judges. There is nothing dangerous to be had here.
 */
import type { Ask, Asks, FromPage, Pending } from "../content/messages.ts";
import { forgetSent, rememberSent, type Sent, sentIn, setListed, settings } from "../storage/index.ts";
import type { Place, Submitted } from "../wasm/sigill.js";
import { type Asker, askerOf } from "./asker.ts";
import { bring } from "./bring.ts";
import { looks } from "./looks.ts";
import { formsIn, passwordFor } from "./page-module.ts";
import { changed } from "./pages.ts";
import { openPopup } from "./popup.ts";
import { session } from "./session.ts";
import { offered } from "./site-passkeys/answer.ts";
import { isOn } from "./site-passkeys/ask.ts";
import { use } from "./site-passkeys/pages.ts";
import { soon } from "./sync.ts";

/** A description of a page is no longer than this. */
const LONGEST = 2_000_000;

type Answers = { [Name in Ask]: (asker: Asker, ask: Asks[Name]["ask"]) => Promise<Asks[Name]["answer"]> };

const ANSWERS: Answers = {
	begin: async ({ tab, frame, host }) => {
		if (!(await isOff(host))) await bring("content", { tab, frame });
		return undefined;
	},
	passkeys: async ({ tab, frame, origin }) => {
		if (!(await isOn(origin))) return false;
		await bring("webauthn-bridge", { tab, frame });
		await bring("webauthn-page", { tab, frame }, "MAIN");
		return true;
	},
	forms: async ({ host }, { description }) => {
		if (description.length > LONGEST || (await isOff(host))) return undefined;
		return formsIn(description);
	},
	looks: () => looks(),
	offers: async ({ place }, { kind }) => {
		if (!(await isOpen())) return undefined;
		return (await session()).offers({ place, kind });
	},
	waiting: async ({ tab, document }) => {
		const all = await offered(tab, document);
		return all.flatMap(({ id, seen }) =>
			seen.state === "open"
				? seen.passkeys.map(({ item, credential, userName, name }) => ({
						id,
						item,
						credential,
						name: userName || name,
					}))
				: [],
		);
	},
	sign: async ({ tab, document }, { id, item, credential }) => {
		const isOfThis = (await offered(tab, document)).some((waiting) => waiting.id === id);
		if (isOfThis) await use(id, { item, credential });
		return undefined;
	},
	suggested: async ({ host }, { rules }) =>
		(await isOpen()) && !(await isOff(host)) ? passwordFor(rules) : undefined,
	taken: async (_, { password }) => {
		await (await session()).drawn("keep", password);
		return true;
	},
	fillings: async ({ place }, { id, despite, fields }) =>
		(await session()).fillings({ place, id, despite, fields: [...fields] }),
	named: async ({ tab, place }, { userName }) => {
		await rememberSent(tab, { url: place.url, userName, password: "", replaced: undefined });
		return undefined;
	},
	sent: async ({ tab, place }, { userName, password, replaced }) => {
		const named = userName === "" ? await nameBefore(tab, place) : userName;
		await rememberSent(tab, { url: place.url, userName: named, password, replaced });
		followTab(tab);
		return undefined;
	},
	pending: ({ tab, place, host }, { asksAgain }) => pending(tab, { place, host, asksAgain }),
	save: async ({ tab }) => {
		const sent = await sentIn(tab);
		if (!sent?.password || !(await isOpen())) return false;
		await (await session()).saveSubmitted(submitted(sent));
		await forgetSent(tab);
		changed();
		soon();
		return true;
	},
	drop: async ({ tab }, { forever }) => {
		const sent = await sentIn(tab);
		if (forever && sent) await setListed("neverSave", new URL(sent.url).hostname, true);
		await forgetSent(tab);
		return undefined;
	},
	open: async () => {
		await openPopup();
		return undefined;
	},
};

/** Whether it was for a script in a page; then it is answered. */
export function answerPage(
	message: unknown,
	sender: chrome.runtime.MessageSender,
	reply: (answer: { value?: unknown }) => void,
): boolean {
	const asker = askerOf(sender);
	if (!isFromPage(message) || !asker) return false;
	const answer = ANSWERS[message.page] as (asker: Asker, ask: unknown) => Promise<unknown>;
	answer(asker, message).then(
		(value) => reply({ value }),
		() => reply({}), // locked meanwhile, or not for this page: it gets nothing, and no reason
	);
	return true;
}

function isFromPage(message: unknown): message is FromPage {
	return (
		typeof message === "object" &&
		message !== null &&
		"page" in message &&
		typeof message.page === "string" &&
		Object.hasOwn(ANSWERS, message.page)
	);
}

/** Tabs in which something was sent: the next page there asks whether to save it, also one without a form. */
const followed = new Set<number>();

async function follow(tab: number, { status }: chrome.tabs.OnUpdatedInfo): Promise<void> {
	if (status !== "complete" || !followed.has(tab)) return;
	if ((await sentIn(tab))?.password) await bring("content", { tab, frame: 0 }).catch(() => undefined);
	else followed.delete(tab);
}

function followTab(tab: number): void {
	followed.add(tab);
	if (!chrome.tabs.onUpdated.hasListener(follow)) chrome.tabs.onUpdated.addListener(follow);
}

async function isOpen(): Promise<boolean> {
	return (await (await session()).status()).vault.state === "open";
}

async function isOff(host: string): Promise<boolean> {
	return (await settings()).offSites.includes(host);
}

/** The user name of a first step on the same host. */
async function nameBefore(tab: number, { url }: Place): Promise<string> {
	const before = await sentIn(tab);
	return before && new URL(before.url).origin === new URL(url).origin ? before.userName : "";
}

const submitted = ({ url, userName, password, replaced }: Sent): Submitted => ({
	place: { url, top: undefined },
	name: "",
	userName,
	password,
	replaced,
});

/** What waits in that tab. A page that asks for the same again refused it, it seems: then it waits on. */
async function pending(
	tab: number,
	{ place, host, asksAgain }: { place: Place; host: string; asksAgain: boolean },
): Promise<Pending | undefined> {
	const sent = await sentIn(tab);
	if (!sent?.password) return undefined;
	const sentTo = new URL(sent.url);
	if (asksAgain && sentTo.hostname === host) return undefined;
	if (place.top !== undefined || (await settings()).neverSave.includes(sentTo.hostname)) return undefined;
	const of = { host: sentTo.hostname, userName: sent.userName };
	if (!(await isOpen())) return { ...of, savable: "locked", name: "" };
	const { savable, name } = await (await session()).submitted(submitted(sent));
	if (savable === "known") {
		await forgetSent(tab);
		return undefined;
	}
	return { ...of, savable, name };
}
