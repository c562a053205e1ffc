import { css } from "lit";

export const timelineSheet = css`
	.day {
		display: grid;
		gap: var(--s2);
	}
	.day ol {
		padding-block: 0;
	}
	.entry {
		display: grid;
		grid-template-columns: auto minmax(0, 1fr) auto;
		gap: var(--s1) var(--s3);
		padding-block: var(--s3);
	}
	.entry + .entry {
		border-block-start: var(--hairline) solid var(--line);
	}
	.entry > svg {
		color: var(--ink-soft);
		margin-block-start: 0.15em;
	}
	.entry.wax > svg {
		color: var(--wax);
	}
	.entry.good > svg {
		color: var(--good);
	}
	.entry time {
		color: var(--ink-soft);
		font-size: var(--text-s);
		font-variant-numeric: tabular-nums;
	}
	.when {
		display: flex;
		gap: var(--s2);
		align-items: center;
		align-self: start;
	}
	.mark {
		position: relative; /* what is only read out must not make the page longer */
		display: inline-flex;
		gap: var(--s1);
		align-items: start;
		color: var(--good);
	}
	.words {
		font-family: var(--mono);
		font-size: var(--text-s);
		overflow-wrap: anywhere;
	}
	.notice svg {
		color: var(--wax);
	}
`;
