/**
 * Servers that ask for a name and a password themselves, before there is a page (HTTP authentication, RFC 9110, section
 * 11). The person chooses in a window of our own; where there is no login, no answer, or what they chose was wrong, the
 * browser asks as ever (docs/adr/0056). What waits is kept here alone: the browser's callback doesn't outlive the worker
 * either, and the window keeps both awake.
 */
import { hush, isListed, isQuiet } from "../storage/index.ts";
import type { Offered, Place, WantedField } from "../wasm/sigill.js";
import { type Asked, type Choice, HTTP_SIGN_IN } from "./http-sign-in-port.ts";
import { loginsFor } from "./logins.ts";
import { isOurPage } from "./router.ts";
import { call, isOpen } from "./session.ts";
import { isBefore } from "./tabs.ts";

type Details = chrome.webRequest.OnAuthRequiredDetails;

interface Waiting {
	readonly request: string;
	readonly tab: number;
	readonly place: Place;
	readonly answer: (response: chrome.webRequest.BlockingResponse) => void;
	/** Nothing until it is known what may be asked. */
	asked?: Asked;
	window?: number | undefined;
}

const PAGE = "extension/pages/http-sign-in.html";
const SIZE = { width: 420, height: 560 };
const SCHEMES = ["basic", "digest"];
const LONGEST_REALM = 80;
const SITES = { urls: ["http://*/*", "https://*/*"], types: ["main_frame" as const] };
/** So many requests that had their answer are remembered: who asks again refused it. */
const MOST_ANSWERED = 64;

/** The person is asked for one at a time. */
let waiting: Waiting | undefined;
const answered = new Set<string>();

export function listen(): void {
	chrome.webRequest?.onAuthRequired.addListener(
		(details, answer) => void (answer && ask(details, answer)),
		SITES,
		["asyncBlocking"],
	);
	chrome.runtime.onConnect.addListener(connect);
	chrome.windows?.onRemoved.addListener((window) => {
		if (waiting?.window === window) leave(waiting);
	});
}

async function ask(details: Details, answer: Waiting["answer"]): Promise<void> {
	if (waiting || !isAskable(details)) return answer({});
	const { requestId: request, tabId: tab, url, realm = "" } = details;
	const mine: Waiting = { request, tab, place: { url, top: undefined }, answer };
	waiting = mine;
	chrome.webRequest.onErrorOccurred.addListener(goneWith, SITES);
	const logins = await loginsOf(details).catch(() => []);
	if (logins.length === 0) return settle(mine, {});
	mine.asked = { host: new URL(url).host, realm: realm.slice(0, LONGEST_REALM), logins };
	await open(mine);
}

/** Not for what a page sends: a press would send it again, under the person's name. */
function isAskable({ isProxy, method, requestId, scheme, tabId }: Details): boolean {
	if (isProxy || tabId < 0 || method !== "GET" || !SCHEMES.includes(scheme.toLowerCase())) return false;
	return !answered.has(requestId);
}

async function loginsOf({ tabId, url }: Details): Promise<readonly Offered[]> {
	const mayAsk = (await isBefore(tabId)) && !(await isQuiet(tabId)) && (await isOpen());
	if (!mayAsk || (await isListed("offSites", new URL(url).hostname))) return [];
	return (await loginsFor(url)).items;
}

async function open(mine: Waiting): Promise<void> {
	if (waiting !== mine) return;
	const url = chrome.runtime.getURL(`${PAGE}#${mine.request}`);
	const window = await chrome.windows
		.create({ url, type: "popup", focused: true, ...SIZE })
		.catch(() => undefined);
	mine.window = window?.id;
	if (mine.window === undefined) settle(mine, {});
	else if (waiting !== mine) close(mine);
}

/** The window, about the request that it was opened for. */
function connect(port: chrome.runtime.Port): void {
	const [name, request] = port.name.split("/");
	if (name !== HTTP_SIGN_IN || !port.sender || !isOurPage(port.sender)) return;
	const mine = waiting;
	if (!mine?.asked || mine.request !== request) {
		port.disconnect();
		return;
	}
	port.onMessage.addListener((message: unknown) => {
		if (isChoice(message)) void give(mine, message);
	});
	port.onDisconnect.addListener(() => leave(mine));
	port.postMessage(mine.asked);
}

/** What may not go there, and what is locked meanwhile, isn't given: then the browser asks. */
async function give(mine: Waiting, { id, despite }: Choice): Promise<void> {
	try {
		const fields = [wanted("username", "text"), wanted("password", "password")];
		const [[username = ""] = [], [password = ""] = []] = await call("fillings", {
			place: mine.place,
			id,
			despite,
			fields,
		});
		await call("touch");
		settle(mine, password === "" ? {} : { authCredentials: { username, password } });
	} catch {
		settle(mine, {});
	}
}

/** Answers it once, and takes its window away. */
function settle(mine: Waiting, response: chrome.webRequest.BlockingResponse): void {
	if (waiting !== mine) return;
	waiting = undefined;
	answered.add(mine.request);
	for (const oldest of answered) if (answered.size > MOST_ANSWERED) answered.delete(oldest);
	chrome.webRequest.onErrorOccurred.removeListener(goneWith);
	mine.answer(response);
	close(mine);
}

function close({ window }: Waiting): void {
	if (window !== undefined) chrome.windows.remove(window).catch(() => undefined); // the person was faster
}

/** Its tab was closed, or went elsewhere. */
function goneWith({ requestId }: { requestId: string }): void {
	if (waiting?.request === requestId) leave(waiting);
}

/** It went away unanswered: where somebody saw a question, its tab is to be quiet. */
function leave(mine: Waiting): void {
	if (waiting === mine && mine.asked) void hush(mine.tab);
	settle(mine, {});
}

const wanted = (field: string, kind: string): WantedField => ({
	field,
	slots: [{ kind, maxLength: undefined, placeholder: "", choices: [] }],
});

function isChoice(message: unknown): message is Choice {
	return typeof message === "object" && message !== null && "id" in message && typeof message.id === "string";
}
