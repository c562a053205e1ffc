import { css } from "lit";

/** How the import looks. */
export const importSheet = css`
	.page {
		max-inline-size: 46rem;
	}
	.counts {
		display: grid;
		gap: var(--s2);
	}
	.counts li {
		display: flex;
		gap: var(--s2);
	}
	.table {
		max-block-size: 22rem;
		overflow: auto;
		padding: 0;
	}
	table {
		inline-size: 100%;
		border-collapse: collapse;
		font-size: var(--text-s);
	}
	th {
		position: sticky;
		inset-block-start: 0;
		background: var(--surface);
		color: var(--ink-soft);
		font-weight: 600;
	}
	th,
	td {
		text-align: start;
		padding: var(--s2) var(--s3);
		border-block-end: var(--hairline) solid var(--line);
		overflow-wrap: anywhere;
	}
	th {
		white-space: nowrap;
	}
	td:first-child {
		min-inline-size: 5.5rem;
	}
	tr:last-child td {
		border: 0;
	}
	.state-new {
		color: var(--good);
	}
	.state-changed {
		color: var(--amber);
	}
	.state-same {
		color: var(--ink-soft);
	}
	input[type="file"] {
		inline-size: 100%;
		padding: var(--s5) var(--s4);
		border: 2px dashed var(--line-strong);
		border-radius: var(--round-l);
		background: var(--surface);
		color: var(--ink-soft);
		font: var(--text-m) / 1.4 var(--sans);
	}
	.ways {
		padding-block: var(--s2);
	}
	summary {
		min-block-size: var(--touch);
		padding-block: var(--s2);
		cursor: pointer;
	}
	details p {
		padding-block-end: var(--s3);
	}
	details + details {
		border-block-start: var(--hairline) solid var(--line);
	}
	.batch {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s2) var(--s4);
		align-items: center;
		justify-content: space-between;
		padding-block: var(--s3);
	}
	.batch + .batch {
		border-block-start: var(--hairline) solid var(--line);
	}
`;
