import { css } from "lit";

export const shellSheet = css`
	:host {
		display: grid;
		grid-template-rows: auto minmax(0, 1fr) auto auto;
		block-size: 100dvh;
		background: var(--paper);
	}
	:host([popup]) {
		block-size: 560px;
	}
	header {
		display: flex;
		gap: var(--s3);
		align-items: center;
		justify-content: space-between;
		padding: var(--s2) var(--s3);
		border-block-end: var(--hairline) solid var(--line);
		background: var(--surface);
	}
	.brand {
		display: flex;
		gap: var(--s2);
		align-items: center;
		color: var(--ink);
		text-decoration: none;
		font: 500 var(--text-l) / 1 var(--serif);
		border-radius: var(--round-s);
	}
	.tools {
		margin-inline-start: auto;
		display: flex;
		gap: var(--s1);
		align-items: center;
	}
	.lock {
		border-color: transparent;
		color: var(--ink-soft);
		font-size: var(--text-s);
		padding-inline: var(--s3);
	}
	main {
		display: grid;
		grid-template-columns: minmax(0, 1fr);
		align-content: start;
		min-block-size: 0;
		overflow: auto;
		scrollbar-width: thin;
		scrollbar-color: var(--line-strong) transparent;
	}
	main.fixed {
		grid-template-rows: auto minmax(0, 1fr);
		align-content: stretch;
		overflow: hidden;
	}
	.begin {
		padding: var(--s6);
		text-align: center;
	}
	/* A message has its own row: it covers nothing that could be pressed. */
	sg-toasts {
		grid-row: 3;
	}
	nav {
		display: flex;
		grid-row: 4;
		border-block-start: var(--hairline) solid var(--line);
		background: var(--surface);
	}
	nav a,
	nav button {
		display: grid;
		flex: auto;
		justify-items: center;
		gap: 2px;
		padding: var(--s2) var(--s1);
		border: 0;
		border-block-start: 2px solid transparent;
		border-radius: 0;
		margin-block-start: -1px;
		color: var(--ink-soft);
		text-decoration: none;
		font: var(--text-xs) / var(--leading) var(--sans);
	}
	nav .more {
		display: none;
	}
	#further {
		display: contents;
	}
	/* Seven names side by side would touch: the last ones open above a button. */
	@media (max-width: 559px) {
		nav .more {
			display: grid;
		}
		#further {
			display: none;
			inset: auto var(--s2) 4rem auto;
			margin: 0;
			padding: var(--s1);
			border: var(--hairline) solid var(--line);
			border-radius: var(--round-m);
			background: var(--raised);
			box-shadow: 0 6px 24px var(--shadow);
		}
		#further:popover-open {
			display: grid;
		}
		#further a {
			display: flex;
			gap: var(--s3);
			align-items: center;
			min-block-size: 2.75rem;
			margin: 0;
			padding-inline: var(--s3) var(--s5);
			border: 0;
			border-radius: var(--round-s);
			font-size: var(--text-m);
		}
		#further a:hover,
		#further a[aria-current] {
			background: var(--accent-soft);
		}
	}
	/* Zoomed in fourfold. */
	@media (max-width: 340px) {
		.brand span {
			display: none;
		}
	}
	@media (max-width: 400px) {
		nav {
			flex-wrap: wrap;
		}
	}
	nav a:not([aria-current]):hover {
		color: var(--ink);
	}
	nav [aria-current] {
		color: var(--accent);
		border-color: var(--accent);
	}
	nav :focus-visible {
		outline-offset: -3px;
	}
	/* A popup is narrow, whatever window it was opened in. */
	@media (min-width: 760px) {
		:host(:not([popup])) {
			grid-template-columns: auto minmax(0, 1fr) auto;
			grid-template-rows: auto minmax(0, 1fr) auto;
			grid-template-areas: "head ways tools" "main main main";
		}
		:host(:not([popup])) sg-toasts {
			grid-column: 1 / -1;
		}
		:host(:not([popup])) header {
			grid-column: 1 / -1;
			grid-row: 1;
			padding-inline: var(--s5);
		}
		:host(:not([popup])) main {
			grid-column: 1 / -1;
			grid-row: 2;
		}
		/* A page that is longer than the window stands where a shorter one does. */
		:host(:not([popup])) main:not(.fixed) {
			scrollbar-gutter: stable;
		}
		:host(:not([popup])) nav {
			grid-row: 1;
			grid-column: 2;
			justify-self: center;
			align-self: stretch;
			border: 0;
			background: none;
			z-index: 1;
		}
		:host(:not([popup])) nav a {
			display: flex;
			align-items: center;
			gap: var(--s2);
			padding: var(--s2) var(--s4);
			font-size: var(--text-s);
			font-weight: 500;
			margin: 0;
			border-block-start: 0;
			border-block-end: 2px solid transparent;
		}
		:host(:not([popup])) nav a[aria-current] {
			border-block-end-color: var(--accent);
		}
	}
	/* Where a border that is not there would be drawn. */
	@media (forced-colors: active) {
		nav :is(a, button):not([aria-current]) {
			border-color: Canvas !important;
		}
		nav [aria-current] {
			color: Highlight;
			border-color: Highlight !important;
		}
	}
	/* Hardly wide enough: names of ways before all else. */
	@media (min-width: 760px) and (max-width: 959px) {
		:host(:not([popup])) nav svg.icon,
		:host(:not([popup])) .brand span {
			display: none;
		}
		:host(:not([popup])) header {
			padding-inline: var(--s3);
		}
		:host(:not([popup])) nav a {
			padding-inline: var(--s2);
		}
	}
	@media print {
		:host {
			display: block;
			block-size: auto;
		}
		main {
			overflow: visible;
		}
		header,
		nav,
		sg-toasts,
		sg-banner,
		sg-palette {
			display: none;
		}
	}
`;
