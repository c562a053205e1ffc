import { css, html, type TemplateResult } from "lit";
import { type Key, t } from "../../ui/text.ts";
import type { Run } from "./run.ts";

/** How far it is, and the way to break it off. */
export function running({ done, total }: Run, text: Key, stop: () => void): TemplateResult {
	const said = t(text, { done, total });
	return html`<div class="run">
		<p class="small soft" aria-hidden="true">${said}</p>
		<progress max=${Math.max(total, 1)} value=${done} aria-label=${said}></progress>
		<button @click=${stop}>${t("cancel")}</button>
	</div>`;
}

/** The same for a status that is read out: at each quarter, not at each step. */
export function heard({ done, total }: Run, text: Key): string {
	const quarter = Math.floor((4 * done) / Math.max(total, 1));
	return t(text, { done: Math.floor((quarter * total) / 4), total });
}

export const progressSheet = css`
	.run {
		display: grid;
		grid-template-columns: minmax(0, 1fr) auto;
		gap: var(--s2) var(--s4);
		align-items: center;
	}
	.run progress {
		grid-column: 1;
	}
	.run button {
		grid-row: 1 / span 2;
		grid-column: 2;
	}
`;
