import type { Page } from "@playwright/test";
import type {
	Act,
	Differs,
	Facets,
	Factor,
	Failure,
	Loss,
	Needs,
	Operation,
	PauseReason,
	Phase,
	Status,
} from "../../extension/wasm/sigill.js";
import type { Browser, Place } from "./browser.ts";

/** What the session answers, by method; what is not here answers nothing. */
export type Answers = Readonly<Record<string, unknown>>;

const NOW = Math.floor(Date.now() / 1000);
const DAY = 86_400;

/** An open, connected vault in step with the cloud. */
export const CONNECTED: Status = {
	vault: {
		state: "open",
		name: "My vault",
		connected: true,
		recovery: false,
		passkeys: [],
		count: 1,
		locksAt: NOW + 900,
		unanchored: false,
	},
	account: {
		email: "anna@person.example",
		service: "https://sigill.example",
		fingerprint: ["one", "two", "three", "four"],
		linked: true,
		provider: undefined,
		secondFactor: "off",
	},
	sync: { state: "on", pending: 0, last: NOW },
	unfinished: undefined,
	silent: undefined,
	deleted: undefined,
	held: undefined,
};

export const DEVICE = "The other computer";

export function paused(reason: PauseReason): Status {
	return { ...CONNECTED, sync: { state: "paused", reason, device: DEVICE, at: NOW - DAY } };
}

export function unfinished(act: Act, phase: Phase): Status {
	return { ...CONNECTED, unfinished: { key: "00", act, phase } };
}

const TEXTED: Factor = {
	ways: ["text_message", "authenticator", "backup_code"],
	phoneHint: "+46 ··· 67",
	text: "handed_over",
	textedAt: NOW,
	textNo: 1,
	resendAt: NOW + 60,
};

type Asked = Extract<Phase, { phase: "asked" }>;

export function asked(triesLeft = 5, required: Asked["required"] = ["email_code"]): Asked {
	return {
		phase: "asked",
		reference: ["one", "two", "three", "four"],
		required,
		mailHint: "a***@person.example",
		codeNo: 1,
		mail: "handed_over",
		mailedAt: NOW,
		codeUntil: NOW + 600,
		resendAt: NOW + 60,
		expiresAt: NOW + 1800,
		triesLeft,
		factor: required.includes("text_message_code") ? TEXTED : undefined,
	};
}

export function operation(act: Act, phase: Phase): Operation {
	return { key: "00", act, phase };
}

const BY_CODE: Needs = { kind: "proofs", proofs: ["email_code"] };

export function loss(act: Act, needs = BY_CODE): Loss {
	return {
		act,
		needs,
		reach: "cloud",
		entries: 4,
		nowhereElse: 1,
		filesOnlyHere: 0,
		onlyHere: { count: 1, names: ["Bank"] },
		onlyInCloud: { count: 1, names: ["Library"] },
		differing: { count: 1, names: ["Post"] },
		alike: 2,
		inStep: false,
		newKeys: false,
		undoUntil: NOW + 30 * DAY,
		mailHint: "a***@person.example",
		hash: "00",
	};
}

/** What a method throws instead of answering. */
export function failing(code: string, triesLeft?: number): { readonly failure: Failure } {
	return { failure: { code, triesLeft, retryAfter: undefined, quota: undefined } };
}

/** Sync is off on this device, with two changes that the cloud has not seen. */
export const OFF: Status = { ...CONNECTED, sync: { state: "off", pending: 2 } };

export function differs(connecting = false): Differs {
	return {
		device: DEVICE,
		at: NOW - DAY,
		here: 12,
		pending: 2,
		inCloud: 3,
		derivation: { kdf: { algorithm: "argon2id", memory: 65536, iterations: 3, parallelism: 4 }, salt: "AA" },
		connecting,
		own: false,
		vouched: false,
	};
}

const FACETS: Facets = {
	all: 0,
	favourites: 0,
	kinds: [],
	folders: [],
	tags: [],
	archived: 0,
	trashed: 0,
	due: 0,
};

const ANSWERS: Answers = {
	status: CONNECTED,
	list: '{"total":0,"rows":[]}',
	facets: FACETS,
	batches: [],
	displaced: [],
};

/** A page whose session is only a list of answers: for states that take a lying service or a broken disk. */
export async function scene(browser: Browser, place: Place, hash: string, answers: Answers): Promise<Page> {
	const page = await browser.context.newPage();
	await page.addInitScript(
		(known) => {
			const asked: string[] = [];
			Object.assign(globalThis, { asked, answers: known });
			chrome.runtime.sendMessage = (async ({ method }: { method: string }) => {
				asked.push(method);
				const answer = known[method];
				const fails = typeof answer === "object" && answer !== null && "failure" in answer;
				return fails ? answer : { value: answer };
			}) as typeof chrome.runtime.sendMessage;
		},
		{ ...ANSWERS, ...answers } as Record<string, unknown>,
	);
	await page.goto(browser.address(place, hash));
	return page;
}

/** The session answers otherwise from now on. */
export async function answering(page: Page, answers: Answers): Promise<void> {
	await page.evaluate(
		(more) => {
			Object.assign((globalThis as unknown as { answers: object }).answers, more);
		},
		answers as Record<string, unknown>,
	);
}

/** Which of the session's methods the page has called. */
export function askedBy(page: Page): Promise<string[]> {
	return page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
}
