/** The session, as pages call it. */
import type { Fillable } from "../content/form-kinds.ts";
import type { Filled } from "../content/messages.ts";
import type { Breached, Caution, Failure } from "../wasm/sigill.js";
import type { Here, Other, Told } from "./here.ts";
import { type Answer, failure, isChanged, type Request } from "./messages.ts";
import type { Api, Method } from "./methods.ts";
import type { PendingHere, Settling } from "./pending.ts";
import type { Choice, Chosen, Seen } from "./site-passkeys/messages.ts";
import type { Used } from "./site-passkeys/own-page.ts";

export type { Api, Method } from "./methods.ts";

type Result<M extends Method> = Awaited<ReturnType<Api[M]>>;

/** Calls the session in the background. What fails is thrown as a `Failure`. */
export async function call<M extends Method>(method: M, ...args: Parameters<Api[M]>): Promise<Result<M>> {
	return (await value({ sigill: "call", method, args })) as Result<M>;
}

/** Empties the clipboard after so many seconds, also when this page is gone. */
export async function clearClipboardIn(seconds: number): Promise<void> {
	await ask({ sigill: "clear-clipboard", seconds });
}

/** What the vault has for the page beside the popup. */
export async function here(): Promise<Here | undefined> {
	return (await value({ sigill: "here" })) as Here | undefined;
}

/** Cards and identities that it takes. */
export async function othersHere(page: Told): Promise<Other[]> {
	return (await value({ sigill: "others-here", page })) as Other[];
}

/** Fills that page, as {@link here} named it. */
export async function fillHere(
	page: Told,
	what: { id: string; kind: Fillable; despite: Caution | undefined },
): Promise<Filled> {
	return (await value({ sigill: "fill-here", page, ...what })) as Filled;
}

/** What was sent in the page beside the popup and isn't saved. */
export async function pendingHere(): Promise<PendingHere | undefined> {
	return (await value({ sigill: "pending-here" })) as PendingHere | undefined;
}

/** Saves it or lets go of it; whether it was saved. */
export async function settleHere({ tab, at }: PendingHere, choice: Settling): Promise<boolean> {
	return (await value({ sigill: "settle-here", tab, at, choice })) === true;
}

/** How often the passwords of these logins leaked; asks a service, by the first digits of a fingerprint. */
export async function lookUpLeaks(prefix: string, ids: readonly string[]): Promise<Breached[]> {
	return (await value({ sigill: "look-up-leaks", prefix, ids })) as Breached[];
}

/** What a site asked for. */
export async function seeSitePasskey(id: string): Promise<Seen> {
	return (await value({ sigill: "site-passkey-see", id })) as Seen;
}

/** Does what the person chose. */
export async function chooseSitePasskey(id: string, choice: Choice): Promise<Chosen> {
	return (await value({ sigill: "site-passkey-choose", id, choice })) as Chosen;
}

/** Signs by one that the popup offered; in a window where the person has to be verified first. */
export async function useSitePasskey(id: string, { item, credential }: Used): Promise<Chosen> {
	return (await value({ sigill: "site-passkey-use", id, item, credential })) as Chosen;
}

/** What waits in the popup's tab until somebody chooses a passkey. */
export async function offeredSitePasskeys(): Promise<{ id: string; seen: Seen }[]> {
	return (await value({ sigill: "site-passkeys-offered" })) as { id: string; seen: Seen }[];
}

/** Calls `heard` whenever something may have changed; what it returns ends that. */
export function onChanged(heard: () => void): () => void {
	const listener = (message: unknown): undefined => {
		if (isChanged(message)) heard();
	};
	chrome.runtime.onMessage.addListener(listener);
	return () => chrome.runtime.onMessage.removeListener(listener);
}

export function isFailure(thrown: unknown): thrown is Failure {
	return typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string";
}

async function value(request: Request): Promise<unknown> {
	const answer = await ask(request);
	if ("failure" in answer) throw answer.failure;
	return answer.value;
}

/** The browser may kill the background between two messages: the next one starts it, so one repeat is enough. */
async function ask(request: Request): Promise<Answer> {
	return (await send(request)) ?? (await send(request)) ?? GONE;
}

const GONE: Answer = { failure: failure("unknown") };

async function send(request: Request): Promise<Answer | undefined> {
	try {
		return await chrome.runtime.sendMessage<Request, Answer | undefined>(request);
	} catch {
		return undefined;
	}
}
