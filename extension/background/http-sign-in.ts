/**
 * Servers that ask for a name and a password themselves, before there is a page (HTTP authentication, RFC 9110, section
 * 11). The person chooses in a window of our own; where there is no login, no answer, or what they chose was wrong, the
 * browser asks as ever. What waits is kept here alone: the browser's callback doesn't outlive the worker either, and the
 * window keeps both awake.
 */
import { isListed } from "../storage/index.ts";
import type { Offered, Place, WantedField } from "../wasm/sigill.js";
import { type Asked, type Choice, HTTP_SIGN_IN } from "./http-sign-in-port.ts";
import { loginsFor } from "./logins.ts";
import { isOurPage } from "./router.ts";
import { call, isOpen } from "./session.ts";

interface Waiting {
	readonly request: string;
	readonly place: Place;
	readonly asked: Asked;
	readonly answer: (response: chrome.webRequest.BlockingResponse) => void;
}

const PAGE = "extension/pages/http-sign-in.html";
const SIZE = { width: 420, height: 560 };
const SCHEMES = ["basic", "digest"];
const LONGEST_REALM = 80;
const SITES = { urls: ["http://*/*", "https://*/*"], types: ["main_frame" as const] };

/** The person is asked for one at a time. */
let waiting: Waiting | undefined;
/** The request that had its answer: who asks again refused it. */
let answered: string | undefined;

export function listen(): void {
	chrome.webRequest?.onAuthRequired.addListener(
		(details, answer) => void (answer && ask(details, answer)),
		SITES,
		["asyncBlocking"],
	);
	chrome.runtime.onConnect.addListener(connect);
}

async function ask(
	details: chrome.webRequest.OnAuthRequiredDetails,
	answer: Waiting["answer"],
): Promise<void> {
	const logins = await loginsOf(details).catch(() => []);
	if (waiting || logins.length === 0) return answer({});
	const { requestId, url, realm = "" } = details;
	const asked = { host: new URL(url).host, realm: realm.slice(0, LONGEST_REALM), logins };
	const mine = { request: requestId, place: { url, top: undefined }, asked, answer };
	waiting = mine;
	chrome.webRequest.onErrorOccurred.addListener(goneWith, SITES);
	try {
		const url = chrome.runtime.getURL(PAGE);
		await chrome.windows.create({ url, type: "popup", focused: true, ...SIZE });
	} catch {
		settle(mine, {});
	}
}

async function loginsOf(details: chrome.webRequest.OnAuthRequiredDetails): Promise<readonly Offered[]> {
	const { isProxy, requestId, scheme, tabId, url } = details;
	if (isProxy || tabId < 0 || requestId === answered || !SCHEMES.includes(scheme.toLowerCase())) return [];
	if (!(await isOpen()) || (await isListed("offSites", new URL(url).hostname))) return [];
	return (await loginsFor(url)).items;
}

/** The window; it closes once this end does. */
function connect(port: chrome.runtime.Port): void {
	if (port.name !== HTTP_SIGN_IN || !port.sender || !isOurPage(port.sender)) return;
	const mine = waiting;
	if (!mine) {
		port.disconnect();
		return;
	}
	port.onMessage.addListener((message: unknown) => {
		if (isChoice(message)) void give(mine, message).finally(() => port.disconnect());
	});
	port.onDisconnect.addListener(() => settle(mine, {}));
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
		settle(mine, { authCredentials: { username, password } });
	} catch {
		settle(mine, {});
	}
}

function settle(mine: Waiting, response: chrome.webRequest.BlockingResponse): void {
	if (waiting !== mine) return;
	waiting = undefined;
	answered = mine.request;
	chrome.webRequest.onErrorOccurred.removeListener(goneWith);
	mine.answer(response);
}

/** Its tab was closed, or went elsewhere. */
function goneWith({ requestId }: { requestId: string }): void {
	if (waiting?.request === requestId) settle(waiting, {});
}

const wanted = (field: string, kind: string): WantedField => ({
	field,
	slots: [{ kind, maxLength: undefined, placeholder: "", choices: [] }],
});

function isChoice(message: unknown): message is Choice {
	return typeof message === "object" && message !== null && "id" in message && typeof message.id === "string";
}
