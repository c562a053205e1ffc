/** When a page is looked at: once it is there, when it changes, and when somebody goes into a field that is new. */
import { type Field, isField, rootOf } from "./elements.ts";

/** After a change the page has so long to finish. A page that never finishes is looked at ever more seldom. */
const QUIET_MS = 200;
const LONGEST_MS = 4000;

export function watch(look: () => void): void {
	let isDue = false;
	let pause = QUIET_MS;
	const soon = () => {
		if (isDue) return;
		isDue = true;
		setTimeout(() => {
			isDue = false;
			pause = Math.min(2 * pause, LONGEST_MS);
			requestIdleCallback(look, { timeout: LONGEST_MS });
		}, pause);
	};
	const observer = new MutationObserver(soon);
	observer.observe(document, { childList: true, subtree: true });
	const byHand = (event: Event) => {
		if (!event.isTrusted) return;
		pause = QUIET_MS;
		soon();
	};
	addEventListener("click", byHand, { capture: true, passive: true });
	addEventListener("focusin", byHand, { capture: true, passive: true });
	requestIdleCallback(look, { timeout: 1000 });
}

/** Whether there can be anything to fill: a field, or a root that may hide one. */
export function mayAsk(): boolean {
	if (document.querySelector("input:not([type=hidden]), select, textarea")) return true;
	for (const element of document.querySelectorAll("*")) {
		if (element.localName.includes("-") && rootOf(element)) return true;
	}
	return false;
}

/** The field that an event went into, also within roots. */
export function fieldOf(event: Event): Field | undefined {
	const [target] = event.composedPath();
	if (target instanceof Element && isField(target)) return target;
	let active = document.activeElement;
	for (let root = active && rootOf(active); root?.activeElement; root = active && rootOf(active)) {
		active = root.activeElement;
	}
	return active && isField(active) ? active : undefined;
}
