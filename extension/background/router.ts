/** Answers pages. Whoever is not a page of ours gets no answer. */
import type { Failure } from "../wasm/sigill.js";
import { clearIn } from "./clipboard.ts";
import { fillHere, here } from "./here.ts";
import { lookUpLeaks } from "./leaks.ts";
import { type Answer, isRequest, type Request } from "./messages.ts";
import { type Api, isMethod, METHODS, type Method } from "./methods.ts";
import { changed } from "./pages.ts";
import { session } from "./session.ts";
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
			answer(message).then(reply);
			return true;
		case "here":
			void answeredBy(here(), reply);
			return true;
		case "fill-here":
			void answeredBy(fillHere(message.id, message.despite), reply);
			return true;
		case "look-up-leaks":
			void answeredBy(lookUpLeaks(message.prefix, message.ids), reply);
			return true;
		case "clear-clipboard":
			clearIn(message.seconds).then(() => reply({ value: undefined }));
			return true;
		case "wipe-clipboard":
			return false; // for the offscreen page
		default:
			void answeredBy(answerSitePasskeys(message), reply);
			return true;
	}
}

/** Extension pages have our origin and are no frame of another page; content scripts have the site's. */
export function isOurPage(sender: chrome.runtime.MessageSender): boolean {
	const ours = new URL(chrome.runtime.getURL("/")).origin;
	const origin = sender.origin ?? (sender.url ? new URL(sender.url).origin : undefined);
	return sender.id === chrome.runtime.id && origin === ours && (sender.frameId ?? 0) === 0;
}

async function answeredBy(work: Promise<unknown>, reply: (answer: Answer) => void): Promise<void> {
	try {
		reply({ value: await work });
	} catch (thrown) {
		reply({ failure: asFailure(thrown) });
	}
}

async function answer({ method, args }: Extract<Request, { sigill: "call" }>): Promise<Answer> {
	if (!isMethod(method)) return { failure: failure("not_found") };
	try {
		const value = await invoke(await session(), method, args);
		return { value };
	} catch (thrown) {
		return { failure: asFailure(thrown) };
	} finally {
		first();
		follow(method);
	}
}

/** The page's `call` is typed by the same methods; wasm checks every argument again. */
function invoke(target: Api, method: Method, args: readonly unknown[]): Promise<unknown> {
	const called = target[method] as (...args: unknown[]) => Promise<unknown>;
	return called.apply(target, [...args]);
}

function follow(method: Method): void {
	if (METHODS[method] === "edits" || method === "status") soon();
	if (METHODS[method] !== "reads") changed();
}

function failure(code: string): Failure {
	return { code, triesLeft: undefined, retryAfter: undefined, quota: undefined };
}

function asFailure(thrown: unknown): Failure {
	if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string") {
		return thrown as Failure;
	}
	console.error(thrown);
	return failure("unknown");
}
