import { css } from "lit";

/** Keys, as they are written in a text. */
export const keycaps = css`
	kbd {
		padding: 1px var(--s1);
		border: var(--hairline) solid var(--line-strong);
		border-radius: var(--round-s);
		font: 500 var(--text-xs) / 1.3 var(--sans);
		background: var(--surface);
		white-space: nowrap;
	}
`;

/** Where the keyboard has a command key, it is that one. */
const MAC = navigator.userAgent.includes("Mac OS");

/** Whether a letter is pressed with the key of shortcuts, and with nothing else. */
export function isShortcut(event: KeyboardEvent, letter: string): boolean {
	const [held, other] = MAC ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
	return held && !other && !event.altKey && !event.shiftKey && event.key.toLowerCase() === letter;
}

/** How that is written: `Ctrl+K`, `⌘K`. */
export function shortcut(letter: string): string {
	return MAC ? `⌘${letter.toUpperCase()}` : `Ctrl+${letter.toUpperCase()}`;
}

/** The same for `aria-keyshortcuts`. */
export function ariaShortcut(letter: string): string {
	return `${MAC ? "Meta" : "Control"}+${letter.toUpperCase()}`;
}
