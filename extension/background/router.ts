/** Answers pages. Whoever is not a page of ours gets no answer. */
import type { Failure } from "../wasm/sigill.js";
import { clearIn } from "./clipboard.ts";
import { fillHere, here, othersHere } from "./here.ts";
import { lookUpLeaks } from "./leaks.ts";
import { type Answer, failure, isRequest, type Request } from "./messages.ts";
import { isMethod, METHODS, type Method } from "./methods.ts";
import { changed } from "./pages.ts";
import { pendingHere, settleHere } from "./pending.ts";
import * as session from "./session.ts";
import { answerSitePasskeys } from "./site-passkeys/pages.ts";
import { soon } from "./sync.ts";

/** So long the worker's own work waits for a first call. */
const AWAKE_MS = 500;

let first: () => void;

/** The first call has its answer, or nobody called. */
export const answered = new Promise<void>((resolve) => {
	first = resolve;
	setTimeout(resolve, AWAKE_MS);
});

export function route(
	message: unknown,
	sender: chrome.runtime.MessageSender,
	reply: (answer: Answer) => void,
): boolean {
	if (!isRequest(message) || !isOurPage(sender)) return false;
	switch (message.sigill) {
		case "call":
			void answer(call(message), reply);
			return true;
		case "here":
			void answer(here(), reply);
			return true;
		case "fill-here":
			void answer(fillHere(message.page, message), reply);
			return true;
		case "others-here":
			void answer(othersHere(message.page), reply);
			return true;
		case "pending-here":
			void answer(pendingHere(), reply);
			return true;
		case "settle-here":
			void answer(settleHere(message, message.choice), reply);
			return true;
		case "look-up-leaks":
			void answer(lookUpLeaks(message.prefix, message.ids), reply);
			return true;
		case "clear-clipboard":
			clearIn(message.seconds).then(() => reply({ value: undefined }));
			return true;
		case "wipe-clipboard":
			return false; // for the offscreen page
		default:
			void answer(answerSitePasskeys(message), reply);
			return true;
	}
}

/** Extension pages have our origin and are no frame of another page; content scripts have the site's. */
export function isOurPage(sender: chrome.runtime.MessageSender): boolean {
	const ours = new URL(chrome.runtime.getURL("/")).origin;
	const origin = sender.origin ?? (sender.url ? new URL(sender.url).origin : undefined);
	return sender.id === chrome.runtime.id && origin === ours && (sender.frameId ?? 0) === 0;
}

async function answer(work: Promise<unknown>, reply: (answer: Answer) => void): Promise<void> {
	try {
		reply({ value: await work });
	} catch (thrown) {
		reply({ failure: asFailure(thrown) });
	}
}

async function call({ method, args }: Extract<Request, { sigill: "call" }>): Promise<unknown> {
	if (!isMethod(method)) throw failure("not_found");
	try {
		return await invoke(method, args);
	} finally {
		first();
		follow(method);
	}
}

/** The page's `call` is typed by the same methods; wasm checks every argument again. */
function invoke(method: Method, args: readonly unknown[]): Promise<unknown> {
	const untyped = session.call as (method: Method, ...args: readonly unknown[]) => Promise<unknown>;
	return untyped(method, ...args);
}

function follow(method: Method): void {
	if (METHODS[method] === "edits" || method === "status") soon();
	if (METHODS[method] !== "reads") changed();
}

function asFailure(thrown: unknown): Failure {
	if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string") {
		return thrown as Failure;
	}
	console.error(thrown);
	return failure("unknown");
}
