import { css } from "lit";

/** What a row says of its entry. */
export const rowSheet = css`
	.letter {
		display: grid;
		place-items: center;
		inline-size: 2.25rem;
		block-size: 2.25rem;
		flex: none;
		border-radius: 50%;
		background: color-mix(in oklab, var(--ink) 8%, transparent); /* seen on every ground, a chosen row's too */
		color: var(--ink-soft);
		font: 500 var(--text-m) / 1 var(--serif);
	}
	.letter .icon {
		inline-size: 1.25rem;
		block-size: 1.25rem;
	}
	.star {
		color: var(--amber);
		flex: none;
	}
	.names {
		flex: 1;
		display: grid;
		min-inline-size: 0;
	}
	.names b,
	.names span {
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.names b {
		font-weight: 600;
	}
	.names span {
		font-size: var(--text-s);
		color: var(--ink-soft);
	}
`;

export const listSheet = css`
	:host {
		display: grid;
		grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
		min-block-size: 0;
		block-size: 100%;
	}
	header {
		display: grid;
		gap: var(--s3);
		padding: var(--s4);
		border-block-end: var(--hairline) solid var(--line);
	}
	.title {
		flex-wrap: nowrap;
	}
	.title h1 {
		flex: 1;
		min-inline-size: 0;
		overflow: hidden;
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.title .small {
		white-space: nowrap;
	}
	.title button[aria-expanded="true"],
	.title button.on {
		background: var(--accent-soft);
		color: var(--accent);
	}
	/* What there is to choose from stands beside the list. */
	@media (min-width: 1120px) {
		.title button.filter {
			display: none;
		}
	}
	.all {
		justify-self: start;
		margin-inline-start: calc(-1 * var(--s2));
	}
	.tools {
		flex-wrap: nowrap;
	}
	.search {
		flex: 1;
		min-inline-size: 0;
	}
	.search svg {
		position: absolute;
		inset-inline-start: var(--s3);
		color: var(--ink-soft);
		pointer-events: none;
	}
	.search input:not([type="checkbox"], [type="radio"], [type="file"]) {
		padding-inline-start: 2.5rem;
	}
	.add {
		white-space: nowrap;
		padding-inline: var(--s3);
	}
	@media (max-width: 479px) {
		.add {
			inline-size: var(--touch);
			padding: 0;
		}
		.add span {
			position: absolute;
			inline-size: 1px;
			block-size: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
	}
	.scroll {
		overflow: auto;
		overscroll-behavior: contain;
		min-block-size: 0;
		/* The rows' room moves with them. */
		overflow-anchor: none;
		scrollbar-width: thin;
		scrollbar-color: var(--line-strong) transparent;
	}
	li {
		display: flex;
		align-items: center;
		block-size: 60px;
		padding-inline: var(--s2);
		position: relative;
	}
	li::after {
		content: "";
		position: absolute;
		inset-inline: calc(var(--s4) + 2.25rem + var(--s3)) 0;
		inset-block-end: 0;
		border-block-end: var(--hairline) solid var(--line);
		opacity: 0.6;
	}
	/* Before a box to tick it begins further in. */
	li:has(.pick)::after {
		inset-inline-start: calc(var(--s4) + 1.125rem + var(--s3) + 2.25rem + var(--s3));
	}
	li::before {
		content: "";
		position: absolute;
		inset: 4px var(--s2);
		border-radius: var(--round-m);
	}
	li:hover::before,
	li.chosen::before {
		background: var(--accent-soft);
	}
	li > * {
		position: relative;
	}
	li a,
	li .pick {
		display: flex;
		gap: var(--s3);
		align-items: center;
		flex: 1;
		min-inline-size: 0;
		block-size: 52px;
		padding-inline: var(--s2);
		border-radius: var(--round-m);
		color: inherit;
		text-decoration: none;
	}
	li a:focus-visible {
		outline-offset: -2px;
	}
	li .pick {
		cursor: pointer;
		font-weight: 400;
		font-size: var(--text-m);
	}
	li a:hover {
		color: inherit;
	}
	@media (forced-colors: active) {
		li.chosen a {
			border: 2px solid Highlight;
		}
	}
	.copies {
		display: flex;
		flex: none;
	}
	.copies button {
		inline-size: 2.25rem;
		min-block-size: 2.25rem;
	}
	.empty {
		padding: var(--s7) var(--s5);
		text-align: center;
		justify-items: center;
	}
	.begin {
		padding: var(--s5) var(--s4);
	}
`;
