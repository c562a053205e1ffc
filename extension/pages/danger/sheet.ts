import { css } from "lit";

export const dangerSheet = css`
	.page {
		max-inline-size: 38rem;
	}
	.sheet {
		display: grid;
		gap: var(--s5);
		grid-template-columns: minmax(0, 1fr);
		padding: var(--s5);
		border-radius: var(--round-l);
		border: var(--hairline) solid var(--line);
		background: var(--surface);
		box-shadow: 0 10px 40px var(--shadow);
	}
	.act {
		display: flex;
		gap: var(--s2);
		align-items: start;
		color: var(--wax);
		font-size: var(--text-s);
		font-weight: 600;
	}
	ol {
		display: grid;
		gap: var(--s1);
		padding-inline-start: var(--s5);
		list-style: decimal;
	}
	.loss {
		display: grid;
		gap: var(--s2);
		font-size: var(--text-l);
		line-height: 1.45;
	}
	.loss .notice {
		margin-block-end: var(--s2);
	}
	.loss strong {
		font-weight: 600;
		color: var(--wax);
	}
	figure {
		display: grid;
		gap: var(--s3);
	}
	svg.sets {
		inline-size: 100%;
		max-inline-size: 20rem;
		block-size: auto;
		margin-inline: auto;
		overflow: visible;
	}
	.sets circle {
		fill: var(--accent-soft);
		stroke: var(--accent);
		stroke-width: 1.5;
	}
	.sets circle.goes {
		fill: var(--wax-soft);
		stroke: var(--wax);
		stroke-dasharray: 5 4;
	}
	.sets .both {
		fill: color-mix(in oklab, var(--accent) 14%, var(--accent-soft));
	}
	.sets .both.goes {
		fill: color-mix(in oklab, var(--wax) 14%, var(--wax-soft));
	}
	.sets circle.over {
		fill: none;
	}
	.sets text {
		fill: var(--ink);
		font: 500 20px var(--serif);
		text-anchor: middle;
		font-variant-numeric: tabular-nums;
	}
	.sets text.name {
		fill: var(--ink-soft);
		font: 500 12px var(--sans);
	}
	.sets text.differs {
		font: 500 11px var(--sans);
	}
	.sides {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr));
		gap: var(--s2) var(--s5);
	}
	.sides > div {
		border-block-start: var(--hairline) solid var(--line);
		padding-block-start: var(--s2);
	}
	.sides dd.n {
		font: 500 var(--text-l) / 1.3 var(--serif);
	}
	.names {
		font-size: var(--text-s);
	}
	.names li {
		overflow-wrap: anywhere;
	}
	.arming {
		position: relative;
		overflow: hidden;
	}
	.arming:disabled::after {
		content: "";
		position: absolute;
		inset: auto auto 0 0;
		block-size: 3px;
		inline-size: 100%;
		background: var(--wax);
		transform-origin: left;
		animation: arm var(--arming) linear;
	}
	.arming:dir(rtl)::after {
		transform-origin: right;
	}
	@keyframes arm {
		from {
			transform: scaleX(0);
		}
	}
	@media (prefers-reduced-motion: reduce) {
		.arming:disabled::after {
			animation: none;
			transform: none;
			opacity: 0.5;
		}
	}
	/* Together on one line where they fit. */
	[role="list"] {
		display: inline-block;
	}
	.word {
		padding: 0.125rem var(--s2);
		border-radius: var(--round-s);
		background: var(--sunken);
		font: 600 var(--text-m) / 1.8 var(--mono);
		white-space: nowrap;
	}
	em {
		font-style: normal;
		font-weight: 600;
	}
	.state {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s1) var(--s4);
		justify-content: space-between;
		font-size: var(--text-s);
		color: var(--ink-soft);
		font-variant-numeric: tabular-nums;
	}
	.mail {
		display: grid;
		gap: var(--s2);
		padding-block-start: var(--s4);
		border-block-start: var(--hairline) solid var(--line);
		font-size: var(--text-s);
		color: var(--ink-soft);
	}
	.mail button {
		justify-self: start;
	}
	.choose {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s3);
		align-items: center;
		justify-content: space-between;
		padding-block: var(--s4);
	}
	.choose + .choose {
		border-block-start: var(--hairline) solid var(--line);
	}
	.choose div {
		flex: 1 1 14rem;
	}
	@media (max-width: 480px) {
		.sheet {
			padding: var(--s4);
		}
		.actions {
			flex-direction: column;
		}
	}
`;
