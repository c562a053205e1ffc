/**
 * Between a page that asks for a passkey and the background. What comes from the page's world is parsed here and read by
 * the core; who asks is the browser's word, which it gives the background with each message.
 */
import type { Answered, FromSite, Reply, ToSite } from "../background/site-passkeys/messages.ts";
import { type Heard, handOver, type Outcome, type Said } from "./webauthn-port.ts";

/** Letters of a page's words, and questions of it at once, at most. */
const LONGEST = 65_536;
const MOST = 32;

const ELSEWHERE: Outcome = { outcome: "elsewhere" };

interface Question {
	/** What the background calls it. */
	id?: string;
	timer?: ReturnType<typeof setTimeout>;
}

const port = handOver();
const questions = new Map<number, Question>();
let asked = false;

port.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
	const said = parse(data);
	if (said) void hear(said);
});
port.start();
addEventListener("pagehide", () => {
	for (const n of questions.keys()) stop(n);
});
chrome.runtime.onMessage.addListener((message: ToSite, sender, reply) => {
	if (sender.id !== chrome.runtime.id || sender.tab !== undefined) return;
	const n = numberOf(message.id);
	if (message.sigill === "site-passkey-waits") reply(n !== undefined);
	else if (message.sigill === "site-passkey-answer" && n !== undefined) settle(n, message.answer);
});

function parse(data: unknown): Said | undefined {
	if (typeof data !== "object" || data === null || !("n" in data) || !("say" in data)) return undefined;
	const { n, say } = data;
	if (typeof n !== "number" || !Number.isSafeInteger(n)) return undefined;
	switch (say) {
		case "ask": {
			const words = "words" in data ? data.words : undefined;
			return typeof words === "string" ? { n, say, words } : undefined;
		}
		case "on":
		case "stop":
			return { n, say };
		default:
			return undefined;
	}
}

async function hear(said: Said): Promise<void> {
	switch (said.say) {
		case "on":
			tell({ n: said.n, on: (await send<boolean>({ sigill: "site-passkeys-on" })) === true });
			return;
		case "stop":
			stop(said.n);
			return;
		case "ask":
			await ask(said.n, said.words);
	}
}

async function ask(n: number, words: string): Promise<void> {
	if (words.length > LONGEST || questions.size >= MOST || questions.has(n)) {
		tell({ n, ...ELSEWHERE });
		return;
	}
	const question: Question = {};
	questions.set(n, question);
	const occasion = navigator.userActivation.isActive ? "acted" : asked ? "again" : "first";
	const around = window === window.top ? undefined : [...location.ancestorOrigins];
	const reply = await send<Reply>({ sigill: "site-passkey-ask", words, around, occasion });
	if (reply?.way !== "wait") {
		settle(n, reply?.way === "refused" ? { outcome: "refused", error: "NotAllowedError" } : ELSEWHERE);
		return;
	}
	if (!questions.has(n)) {
		void send({ sigill: "site-passkey-stop", id: reply.id }); // given up meanwhile
		return;
	}
	question.id = reply.id;
	if (reply.conditional) return;
	asked = true;
	question.timer = setTimeout(() => {
		settle(n, { outcome: "refused", error: "NotAllowedError" });
		void send({ sigill: "site-passkey-stop", id: reply.id });
	}, reply.patience);
}

function stop(n: number): void {
	const question = questions.get(n);
	clearTimeout(question?.timer);
	questions.delete(n);
	if (question?.id) void send({ sigill: "site-passkey-stop", id: question.id });
}

function settle(n: number, answer: Answered): void {
	clearTimeout(questions.get(n)?.timer);
	if (questions.delete(n)) tell({ n, ...answer });
}

function numberOf(id: string): number | undefined {
	for (const [n, question] of questions) if (question.id === id) return n;
	return undefined;
}

function tell(heard: Heard): void {
	port.postMessage(heard);
}

/** Nothing where the extension is gone or was updated: the browser answers then. */
async function send<T>(message: FromSite): Promise<T | undefined> {
	try {
		return await chrome.runtime.sendMessage<FromSite, T>(message);
	} catch {
		return undefined;
	}
}
