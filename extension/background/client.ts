/** The session, as pages call it. */
import type { Failure } from "../wasm/sigill.js";
import { type Answer, isChanged, type Request } from "./messages.ts";
import type { Api, Method } from "./methods.ts";

export type { Api, Method } from "./methods.ts";

type Result<M extends Method> = Awaited<ReturnType<Api[M]>>;

/** Calls the session in the background. What fails is thrown as a `Failure`. */
export async function call<M extends Method>(method: M, ...args: Parameters<Api[M]>): Promise<Result<M>> {
	const answer = await ask({ sigill: "call", method, args });
	if ("failure" in answer) throw answer.failure;
	return answer.value as Result<M>;
}

/** Empties the clipboard after so many seconds, also when this page is gone. */
export async function clearClipboardIn(seconds: number): Promise<void> {
	await ask({ sigill: "clear-clipboard", seconds });
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

/** The browser may kill the background between two messages: the next one starts it, so one repeat is enough. */
async function ask(request: Request): Promise<Answer> {
	return (await send(request)) ?? (await send(request)) ?? GONE;
}

const GONE: Answer = {
	failure: { code: "unknown", triesLeft: undefined, retryAfter: undefined, quota: undefined },
};

async function send(request: Request): Promise<Answer | undefined> {
	try {
		return await chrome.runtime.sendMessage<Request, Answer | undefined>(request);
	} catch {
		return undefined;
	}
}
