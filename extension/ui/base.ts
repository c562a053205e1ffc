import { css } from "lit";

/** What every shadow root wears: native elements, dressed in tokens. */
export const base = css`
	:host {
		display: block;
		color: var(--ink);
	}
	:host([hidden]),
	[hidden] {
		display: none;
	}
	*,
	*::before,
	*::after {
		box-sizing: border-box;
	}
	h1,
	h2,
	h3,
	p,
	ul,
	ol,
	dl,
	dd,
	figure,
	fieldset {
		margin: 0;
		padding: 0;
		border: 0;
		min-inline-size: 0;
	}
	ul,
	ol {
		list-style: none;
	}
	h1 {
		font: 500 var(--text-xl) / 1.2 var(--serif);
		letter-spacing: -0.01em;
		text-wrap: balance;
		overflow-wrap: anywhere;
	}
	h1:focus,
	h2:focus {
		outline: none;
	}
	h2 {
		font: 500 var(--text-l) / 1.3 var(--serif);
		text-wrap: balance;
		overflow-wrap: anywhere;
	}
	h2.label {
		font: 600 var(--text-s) / 1.4 var(--sans);
	}
	h3 {
		font: 600 var(--text-m) / 1.4 var(--sans);
		overflow-wrap: anywhere;
	}
	p,
	li {
		text-wrap: pretty;
		overflow-wrap: anywhere;
	}
	code {
		font-family: var(--mono);
		white-space: nowrap;
	}
	.soft {
		color: var(--ink-soft);
	}
	.small {
		font-size: var(--text-s);
	}
	.lead {
		font-size: var(--text-l);
		color: var(--ink-soft);
	}
	.mono {
		font-family: var(--mono);
	}
	.stack {
		display: grid;
		gap: var(--s4);
		justify-items: stretch;
		grid-template-columns: minmax(0, 1fr);
	}
	.stack.tight {
		gap: var(--s2);
	}
	.stack.loose {
		gap: var(--s5);
	}
	.row {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s2) var(--s3);
		align-items: center;
	}
	.row.between {
		justify-content: space-between;
	}
	.card {
		background: var(--surface);
		border: var(--hairline) solid var(--line);
		border-radius: var(--round-l);
		padding: var(--s4);
	}
	.page {
		display: grid;
		gap: var(--s5);
		grid-template-columns: minmax(0, 1fr);
		padding: var(--s5) var(--s4) var(--s6);
		max-inline-size: 34rem;
		margin-inline: auto;
	}
	@media print {
		.page {
			padding: 0;
			max-inline-size: none;
		}
	}
	hr {
		border: 0;
		border-block-start: var(--hairline) solid var(--line);
		margin: 0;
		inline-size: 100%;
	}
	:focus-visible {
		outline: 2px solid var(--accent);
		outline-offset: 2px;
	}
	a {
		color: var(--accent);
		text-underline-offset: 0.2em;
		text-decoration-thickness: 1px;
	}
	a:hover {
		color: var(--accent-hover);
	}
	.visually-hidden {
		position: absolute;
		inline-size: 1px;
		block-size: 1px;
		overflow: hidden;
		clip-path: inset(50%);
		white-space: nowrap;
	}
	svg.icon {
		inline-size: 1.25em;
		block-size: 1.25em;
		flex: none;
		fill: none;
		stroke: currentColor;
		stroke-width: 1.75;
		stroke-linecap: round;
		stroke-linejoin: round;
	}
	svg.icon.turns:dir(rtl) {
		transform: scaleX(-1);
	}
	dt {
		color: var(--ink-soft);
		font-size: var(--text-s);
	}
	dd {
		overflow-wrap: anywhere;
	}
	details > summary {
		cursor: pointer;
		color: var(--ink-soft);
		font-size: var(--text-s);
		padding-block: var(--s2);
		border-radius: var(--round-s);
	}
	details > summary:hover {
		color: var(--ink);
	}
	progress {
		inline-size: 100%;
		block-size: 0.375rem;
		border: 0;
		border-radius: 1rem;
		overflow: hidden;
		appearance: none;
		background: var(--sunken);
		accent-color: var(--accent);
	}
	progress::-webkit-progress-bar {
		background: var(--sunken);
	}
	progress::-webkit-progress-value {
		background: var(--accent);
		transition: inline-size var(--calm) var(--ease);
	}
	progress::-moz-progress-bar {
		background: var(--accent);
	}
	progress:indeterminate {
		background: linear-gradient(90deg, var(--sunken), var(--accent), var(--sunken));
		background-size: 40% 100%;
		background-repeat: no-repeat;
		background-color: var(--sunken);
		animation: run 1.4s linear infinite;
	}
	progress:indeterminate::-webkit-progress-bar {
		background: transparent;
	}
	progress:indeterminate::-moz-progress-bar {
		background: transparent;
	}
	@media (forced-colors: active) {
		progress {
			forced-color-adjust: none;
			border: 1px solid CanvasText;
			--sunken: Canvas;
			--accent: Highlight;
			--accent-soft: Highlight;
		}
	}
	@keyframes run {
		from {
			background-position: -60% 0;
		}
		to {
			background-position: 160% 0;
		}
	}
	@media (prefers-reduced-motion: reduce) {
		progress:indeterminate {
			animation: none;
			background: var(--accent-soft);
		}
	}
`;

/** A message that stands in the page: what happened, and the ways on. */
export const notices = css`
	.notice {
		display: grid;
		gap: var(--s3);
		grid-template-columns: minmax(0, 1fr);
		padding: var(--s3) var(--s4);
		border-radius: var(--round-m);
		background: var(--accent-soft);
		border-inline-start: 3px solid var(--accent);
		overflow-wrap: anywhere;
	}
	/* What is read stands close together, what is done about it apart. */
	.notice > :is(h2, p) + p {
		margin-block-start: calc(-1 * var(--s1));
	}
	.notice > :is(.actions, .field, .stack, button) {
		margin-block-start: var(--s1);
	}
	.notice > :is(.actions, .stack, button):last-child {
		margin-block-end: var(--s1);
	}
	/* Told at a glance: a sign before its words, which keep to their side. */
	.marked {
		display: flex;
		gap: var(--s2);
		align-items: start;
	}
	.notice.wax {
		background: var(--wax-soft);
		border-color: var(--wax);
	}
	.notice.amber {
		background: var(--amber-soft);
		border-color: var(--amber);
	}
	.notice.good {
		background: var(--good-soft);
		border-color: var(--good);
	}
`;
