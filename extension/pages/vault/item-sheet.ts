import { css } from "lit";

export const itemSheet = css`
	:host {
		min-block-size: 0;
	}
	.pane {
		display: grid;
		gap: var(--s4);
		grid-template-columns: minmax(0, 1fr);
		align-content: start;
		justify-items: stretch;
		padding: var(--s4);
		max-inline-size: 40rem;
	}
	header {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s2);
		align-items: center;
	}
	header .named {
		flex: 1;
		min-inline-size: 8rem;
	}
	.back {
		margin-inline-start: calc(-1 * var(--s2));
	}
	@media (min-width: 760px) {
		.pane {
			padding: var(--s5) var(--s6);
		}
		.back {
			display: none;
		}
	}
	.lines {
		padding: 0 var(--s4);
	}
	/* A sign, not its room, ends where the line below ends. */
	.line > .icon-only:last-child {
		margin-inline-end: calc(-1 * var(--s2));
	}
	.line {
		display: flex;
		align-items: center;
		min-block-size: 3.75rem;
		padding-block: var(--s2);
	}
	.lines > * + * {
		border-block-start: var(--hairline) solid var(--line);
	}
	.line dl {
		flex: 1;
		min-inline-size: 0;
	}
	.value,
	.notes {
		white-space: pre-wrap;
	}
	.line.long {
		align-items: start;
	}
	.value {
		overflow-wrap: anywhere;
	}
	.kind {
		gap: var(--s2);
	}
	.kind .icon {
		inline-size: 1rem;
		block-size: 1rem;
	}
	button.is,
	button.is:hover:enabled {
		color: var(--amber);
	}
	button.is .icon {
		fill: currentcolor;
	}
	/* Side by side where there is room; none is broken to get there. */
	.dates {
		gap: 0 var(--s4);
	}
	.chips {
		flex-wrap: wrap;
		gap: var(--s2);
	}
	.chip {
		display: inline-flex;
		gap: var(--s1);
		align-items: center;
		padding: var(--s1) var(--s3);
		border-radius: 1rem;
		background: var(--sunken);
		font-size: var(--text-s);
		overflow-wrap: anywhere;
	}
	.chip .icon {
		inline-size: 1rem;
		block-size: 1rem;
		color: var(--ink-soft);
	}
	.kinds {
		display: grid;
		grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
		gap: var(--s3);
	}
	.kinds a.button {
		flex-direction: column;
		min-block-size: 5.5rem;
	}
	.pair {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr));
		align-items: end;
		gap: var(--s3);
	}
	.danger {
		justify-self: start;
	}
	fieldset.card {
		position: relative;
		padding: var(--s4);
		border: var(--hairline) solid var(--line);
	}
	.with-remove {
		display: flex;
		gap: var(--s2);
		align-items: end;
	}
	.with-remove .field {
		flex: 1;
	}
	.urls {
		container-type: inline-size;
		display: grid;
		gap: var(--s4);
	}
	.url {
		display: grid;
		grid-template:
			"text drop"
			"rule rule"
			"hint hint" / minmax(0, 1fr) auto;
		align-items: end;
		row-gap: var(--s1);
	}
	.url > .field {
		grid-area: text;
	}
	.url > .rule {
		grid-area: rule;
	}
	.url > .hint {
		grid-area: hint;
	}
	.url > button {
		grid-area: drop;
		margin-inline-start: var(--s2);
	}
	@container (min-width: 30rem) {
		.url {
			grid-template:
				"text rule drop"
				"hint hint hint" / minmax(0, 1fr) 15rem auto;
		}
		.url > .rule {
			margin-inline-start: var(--s3);
		}
	}
`;
