import { css, html, type TemplateResult } from "lit";
import { type Icon, icon } from "../ui/icon.ts";
import { type Key, t } from "../ui/text.ts";
import { go } from "./events.ts";
import type { View } from "./view.ts";

export const waysSheet = css`
	.ways {
		inline-size: 100%;
		text-align: start;
	}
	.way {
		display: flex;
		gap: var(--s4);
		align-items: center;
		inline-size: 100%;
		padding: var(--s4);
		text-align: start;
		justify-content: start;
		border-color: var(--line);
		background: var(--surface);
		border-radius: var(--round-l);
	}
	.way span {
		display: grid;
		gap: var(--s1);
		font-weight: 400;
		font-size: var(--text-s);
		color: var(--ink-soft);
	}
	.way b {
		font: 600 var(--text-m) / 1.3 var(--sans);
		color: var(--ink);
	}
	.way svg.icon {
		color: var(--accent);
		inline-size: 1.5rem;
		block-size: 1.5rem;
	}
`;

interface Said {
	readonly name: Key;
	readonly text: Key;
}

/** A way on that explains itself. */
export function way(from: EventTarget, view: View, picture: Icon, said: Said): TemplateResult {
	return wayBy(() => go(from, view), picture, said);
}

/** The same, where it leads out of this page. */
export function wayBy(take: () => unknown, picture: Icon, { name, text }: Said): TemplateResult {
	return html`<button type="button" class="way" aria-label=${t(name)} aria-describedby=${name} @click=${take}>
		${icon(picture)}<span><b>${t(name)}</b><span id=${name}>${t(text)}</span></span>
	</button>`;
}
