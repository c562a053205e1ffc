/** When a page is looked at: once it is there, when it changes, and when somebody goes into a field that is new. */
import { type Field, isField, rootOf } from "./elements.ts";

/** After a change the page has so long to finish. A page that never finishes is looked at ever more seldom. */
const QUIET_MS = 200;
const LONGEST_MS = 4000;

export function watch(look: () => void): void {
	let isDue = false;
	let isOther = true;
	let pause = QUIET_MS;
	const lookWhereOther = () => {
		if (isOther) look();
		isOther = false;
	};
	const soon = () => {
		if (isDue) return;
		isDue = true;
		setTimeout(() => {
			isDue = false;
			pause = Math.min(2 * pause, LONGEST_MS);
			requestIdleCallback(lookWhereOther, { timeout: LONGEST_MS });
		}, pause);
	};
	const observer = new MutationObserver(() => {
		isOther = true;
		soon();
	});
	observer.observe(document, { childList: true, subtree: true });
	const byHand = (event: Event) => {
		if (!event.isTrusted) return;
		isIntoRoot ||= event.target instanceof Element && rootOf(event.target) !== null;
		isOther = true; // a press may show what was hidden
		pause = QUIET_MS;
		soon();
	};
	addEventListener("click", byHand, { capture: true, passive: true });
	addEventListener("focusin", byHand, { capture: true, passive: true });
	requestIdleCallback(lookWhereOther, { timeout: 1000 });
}

/** Whether somebody went into an element that may hide fields in a root of its own. */
let isIntoRoot = false;

/** Whether there can be anything to fill. What lies in roots only is looked for once somebody goes there: to go through
 * all elements of every page for it would cost more than all the rest. */
export const mayAsk = (): boolean =>
	isIntoRoot || document.querySelector("input:not([type=hidden]), select, textarea") !== null;

/** The field that an event went into, also within roots. */
export function fieldOf(event: Event): Field | undefined {
	const [target] = event.composedPath();
	return target instanceof Element && isField(target) ? target : focused();
}

/** The field that has the keyboard, also within roots. */
export function focused(): Field | undefined {
	let active = document.activeElement;
	for (let root = active && rootOf(active); root?.activeElement; root = active && rootOf(active)) {
		active = root.activeElement;
	}
	return active && isField(active) ? active : undefined;
}
