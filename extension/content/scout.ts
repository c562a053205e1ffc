/**
 * In every page: waits until there is something to fill, then has the rest of the script brought. Most pages never ask
 * for it, and pay for these lines only.
 */
const FIELDS = "input:not([type=hidden]), select, textarea";
/** A page that is being written has so long to go on. */
const PAUSE_MS = 300;

let isDue = false;

function look(): void {
	isDue = false;
	if (document.querySelector(FIELDS)) bring();
}

const observer = new MutationObserver(() => {
	if (isDue) return;
	isDue = true;
	setTimeout(() => requestIdleCallback(look), PAUSE_MS);
});

/** Fields in a root of an element's own aren't found from outside; somebody goes into the element around them. */
function onFocus({ target, isTrusted }: Event): void {
	const isOfItsOwn = target instanceof Element && target.localName.includes("-");
	if (isTrusted && (isOfItsOwn || (target instanceof Element && target.matches(FIELDS)))) bring();
}

function bring(): void {
	observer.disconnect();
	removeEventListener("focusin", onFocus, true);
	void chrome.runtime.sendMessage({ page: "begin" }).catch(() => undefined);
}

observer.observe(document, { childList: true, subtree: true });
addEventListener("focusin", onFocus, true);
