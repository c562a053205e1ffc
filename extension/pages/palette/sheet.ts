import { css } from "lit";

export const paletteSheet = css`
	dialog {
		/* Its top stays where it is, however much is found. */
		margin-block: min(12dvh, 6rem) auto;
		inline-size: min(36rem, 100vw - var(--s4));
		max-block-size: min(34rem, 100dvh - var(--s4));
		padding: 0;
		border: var(--hairline) solid var(--line-strong);
		border-radius: var(--round-l);
		background: var(--surface);
		color: var(--ink);
		box-shadow: 0 16px 48px var(--shadow);
		overflow: hidden;
		overscroll-behavior: contain;
	}
	:host([popup]) dialog {
		margin-block-start: var(--s2);
	}
	dialog[open] {
		display: grid;
		grid-template-rows: auto minmax(0, 1fr) auto auto;
		grid-template-columns: minmax(0, 1fr);
	}
	dialog::backdrop {
		background: rgb(0 0 0 / 0.45);
	}
	.field {
		display: flex;
		gap: var(--s1);
		align-items: center;
		padding: var(--s2) var(--s2) var(--s2) var(--s4);
		border-block-end: var(--hairline) solid var(--line);
	}
	.field > svg {
		color: var(--ink-soft);
	}
	.field input:not([type="checkbox"], [type="radio"], [type="file"]) {
		border: 0;
		background: none;
		font-size: var(--text-l);
	}
	/* The keyboard has nowhere else to be: the frame around it says so. */
	.field input:focus-visible {
		outline: 0;
	}
	.field:has(input:focus-visible) {
		outline: 2px solid var(--accent);
		outline-offset: -2px;
		border-start-start-radius: var(--round-l);
		border-start-end-radius: var(--round-l);
	}
	[role="listbox"] {
		overflow: auto;
		padding: var(--s2);
		scrollbar-width: thin;
		scrollbar-color: var(--line-strong) transparent;
	}
	h3 {
		padding: var(--s2) var(--s2) var(--s1);
		font: 600 var(--text-s) / 1.4 var(--sans);
		color: var(--ink-soft);
	}
	[role="option"] {
		display: flex;
		gap: var(--s3);
		align-items: center;
		min-block-size: var(--touch);
		padding: var(--s1) var(--s2);
		border-radius: var(--round-m);
		border: 2px solid transparent;
		cursor: pointer;
		scroll-margin-block: var(--s2);
	}
	[role="option"]:hover {
		background: var(--sunken);
	}
	[role="option"][aria-selected="true"] {
		background: var(--accent-soft);
		border-color: var(--accent);
	}
	@media (forced-colors: active) {
		[role="option"] {
			border-color: Canvas;
		}
		[role="option"][aria-selected="true"] {
			border-color: Highlight;
		}
	}
	.command > svg {
		color: var(--ink-soft);
		margin-inline: 0.5rem;
	}
	.command span {
		overflow-wrap: anywhere;
	}
	[role="listbox"]:not(:has([role="option"])) {
		display: none;
	}
	.more {
		padding: var(--s1) var(--s4) var(--s3);
	}
	.none {
		padding: var(--s5) var(--s4);
		text-align: center;
	}
	footer {
		display: flex;
		flex-wrap: wrap;
		gap: 0 var(--s3);
		padding: var(--s1) var(--s3);
		border-block-start: var(--hairline) solid var(--line);
		background: var(--sunken);
	}
	footer button {
		font-size: var(--text-s);
		padding-inline: var(--s1);
		border-color: transparent;
		color: var(--ink-soft);
	}
`;
