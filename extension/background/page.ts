/**
 * Answers the scripts in pages. They are believed nothing but what was typed: where they run the browser says, what
 * is theirs the session judges. A page's process that was taken over presses for itself: it gets every login, code and
 * signature of its own site, and every card and identity there is, for those have no site (docs/adr/0051).
 */
import type { Ask, Asks, FromPage } from "../content/messages.ts";
import { forgetOver, isListed, noteRefused, rememberSent, sentIn, settings } from "../storage/index.ts";
import type { Place } from "../wasm/sigill.js";
import { type Asker, askerOf } from "./asker.ts";
import { bring } from "./bring.ts";
import { looks } from "./looks.ts";
import { formsIn, passwordFor } from "./page-module.ts";
import { dropFor, pendingFor, saveIn } from "./pending.ts";
import { openPopup } from "./popup.ts";
import { call, isOpen } from "./session.ts";
import { offered } from "./site-passkeys/answer.ts";
import { isOn } from "./site-passkeys/ask.ts";
import type { Seen } from "./site-passkeys/messages.ts";
import { use } from "./site-passkeys/pages.ts";

/** A description of a page is no longer than this. */
const LONGEST = 2_000_000;

type Answers = { [Name in Ask]: (asker: Asker, ask: Asks[Name]["ask"]) => Promise<Asks[Name]["answer"]> };

const ANSWERS: Answers = {
	begin: async (asker) => {
		await bring("content", asker);
		return undefined;
	},
	passkeys: async (asker) => {
		if (!(await isOn(asker.origin))) return false;
		await bring("webauthn-bridge", asker);
		await bring("webauthn-page", asker, "MAIN");
		return true;
	},
	forms: async (_, { description }) => (description.length > LONGEST ? undefined : formsIn(description)),
	looks: async (asker) => {
		await bring("overlays", asker);
		return looks();
	},
	offers: async ({ place }, { kind }) => {
		if (!(await isOpen())) return undefined;
		return call("offers", { place, kind });
	},
	atOnce: async (asker) => ((await settings()).fillAtOnce ? onlyLogin(asker) : undefined),
	waiting: async (asker) => {
		const all = await waitingFor(asker);
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
	sign: async (asker, { id, item, credential }) => {
		const isOfThis = (await waitingFor(asker)).some((waiting) => waiting.id === id);
		if (isOfThis) await use(id, { item, credential });
		return undefined;
	},
	suggested: async (_, { rules }) => ((await isOpen()) ? passwordFor(rules) : undefined),
	taken: async (_, { password }) => {
		await call("drawn", "keep", password);
		return true;
	},
	fillings: async ({ place }, { id, despite, fields }) =>
		call("fillings", { place, id, despite, fields: [...fields] }),
	named: async ({ tab, place }, { userName }) => {
		await rememberSent(tab, {
			kind: "user_name_step",
			url: place.url,
			userName,
			password: "",
			replaced: undefined,
		});
		return undefined;
	},
	sent: async ({ tab, place }, { kind, userName, password, replaced }) => {
		const named = userName === "" ? await nameBefore(tab, place) : userName;
		await rememberSent(tab, { kind, url: place.url, userName: named, password, replaced });
		return undefined;
	},
	pending: async (asker, { asks }) => {
		const { tab, place, host } = asker;
		const sent = await sentIn(tab);
		if (!sent) return undefined;
		// A page that asks for the same again refused it, it seems: then it waits on. Where passwords are changed it may stay.
		const again = asks.some((kind) => kind === sent.kind) && new URL(sent.url).hostname === host;
		await noteRefused(tab, sent.at, again && sent.kind === "sign_in" ? place.url : undefined);
		return again ? undefined : pendingFor(asker, sent);
	},
	save: ({ tab }, { at }) => saveIn(tab, at),
	drop: async (asker, { at, forever }) => {
		await dropFor(asker, at, forever);
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

/** Where the person wants no help there is none, also for what they began before they said so. */
const ALSO_WHERE_OFF: readonly Ask[] = ["looks", "drop", "open"];

/** What was sent in a tab is no frame's business: frames are of anybody. */
const TOP_ONLY: readonly Ask[] = ["pending", "save", "drop"];

async function answer(asker: Asker, message: FromPage): Promise<unknown> {
	if (asker.frame !== 0 && TOP_ONLY.includes(message.page)) return undefined;
	const isOff = await isListed("offSites", asker.host);
	if (isOff && !ALSO_WHERE_OFF.includes(message.page)) return undefined;
	return (ANSWERS[message.page] as (asker: Asker, ask: unknown) => Promise<unknown>)(asker, message);
}

/** Where something was sent, the next page of that tab asks whether to save it, also one without a form. */
export function listen(): void {
	chrome.tabs.onUpdated.addListener((tab, { status }) => {
		if (status === "complete") void follow(tab);
	});
	chrome.alarms.onAlarm.addListener(() => void forgetOver());
}

async function follow(tab: number): Promise<void> {
	if ((await sentIn(tab))?.password) await bring("content", { tab, frame: 0 }).catch(() => undefined);
}

/** What the document waits for, where it may have a passkey. */
async function waitingFor({ tab, document, origin }: Asker): Promise<{ id: string; seen: Seen }[]> {
	if (document === undefined || !(await isOn(origin))) return [];
	return offered(tab, document);
}

/** The one login that is saved for this very host, where nothing is odd: what goes in without a press (docs/adr/0057). */
async function onlyLogin({ tab, place }: Asker): Promise<string | undefined> {
	if (!(await isOpen())) return undefined;
	const { items, imitates } = await call("offers", { place, kind: "login" });
	const [only, ...others] = items;
	if (!only?.own || others.length > 0 || imitates !== undefined || only.caution !== undefined)
		return undefined;
	const named = await nameBefore(tab, place); // a first step may have named somebody else
	return named === "" || named === only.detail ? only.id : undefined;
}

/** The user name of a first step on the same host. */
async function nameBefore(tab: number, { url }: Place): Promise<string> {
	const before = await sentIn(tab);
	return before && new URL(before.url).origin === new URL(url).origin ? before.userName : "";
}
