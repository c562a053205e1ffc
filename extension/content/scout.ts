/**
 * In every page: waits until there is something to fill, or to sign in by, then has the rest of the script brought. Most
 * pages never need it, and pay for these lines only.
 */
import { ANSWERS, ASKED } from "./webauthn-bringing.ts";

/** Where there are such fields the rest comes at once: the browser may fill them, and somebody send them untouched. */
const SIGNING = "input[type=password], input[type=email], input[autocomplete*=username]";
/** To others somebody has to go first. */
const FIELDS = "input:not([type=hidden]), select, textarea";
/** A page that is being written has so long to go on. */
const PAUSE_MS = 300;

let isDue = false;

function look(): void {
	isDue = false;
	if (document.querySelector(SIGNING)) bring();
}

function lookSoon(): void {
	if (isDue) return;
	isDue = true;
	setTimeout(() => requestIdleCallback(look), PAUSE_MS);
}

const observer = new MutationObserver(lookSoon);

/** What is parsed is no change: a page is looked at once it is whole, or somebody goes into a field before. */
function begin(): void {
	observer.observe(document, { childList: true, subtree: true });
	lookSoon();
}

/** Fields in a root of an element's own aren't found from outside; somebody goes into the element around them. */
function onFocus({ target, isTrusted }: Event): void {
	const isOfItsOwn = target instanceof Element && target.localName.includes("-");
	if (isTrusted && (isOfItsOwn || (target instanceof Element && target.matches(FIELDS)))) bring();
}

function bring(): void {
	observer.disconnect();
	removeEventListener("DOMContentLoaded", begin);
	removeEventListener("focusin", onFocus, true);
	void tell("begin");
}

/** Where nobody brings what answers, the browser does. It comes once, and listens on. */
let passkeys: Promise<unknown> | undefined;

async function bringPasskeys(asked: Event): Promise<void> {
	asked.preventDefault(); // somebody is here
	passkeys ??= tell("passkeys");
	if (await passkeys) return;
	passkeys = undefined;
	dispatchEvent(new Event(ANSWERS));
}

/** After an update of the extension there is nobody any more to tell. */
async function tell(page: "begin" | "passkeys"): Promise<unknown> {
	try {
		return (await chrome.runtime.sendMessage<object, { value?: unknown }>({ page })).value;
	} catch {
		return undefined;
	}
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin, { once: true });
else begin();
addEventListener("focusin", onFocus, true);
addEventListener(ASKED, (event) => void bringPasskeys(event), true);
