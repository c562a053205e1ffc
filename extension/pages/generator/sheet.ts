import { css } from "lit";

/** Digits and symbols apart from letters. */
export const valueSheet = css`
	.value {
		overflow-wrap: anywhere;
		white-space: pre-wrap;
		user-select: all;
	}
	.digit {
		color: var(--accent);
		font-weight: 600;
	}
	.symbol {
		color: var(--amber);
		font-weight: 600;
	}
`;

export const generatorSheet = css`
	${valueSheet}
	.choice.kinds {
		grid-template-columns: repeat(2, minmax(0, 1fr));
	}
	@media (min-width: 520px) {
		.choice.kinds:has(label:nth-child(3)) {
			grid-template-columns: repeat(4, minmax(0, 1fr));
		}
	}
	.result {
		display: grid;
		gap: var(--s3);
		grid-template-columns: minmax(0, 1fr);
	}
	.result .value {
		min-block-size: 3.25rem;
		align-content: center;
		font-size: var(--text-l);
		line-height: 1.45;
	}
	.strength {
		display: grid;
		gap: var(--s2);
		font-size: var(--text-s);
		--tone: var(--good);
	}
	.strength.l1 {
		--tone: var(--wax);
	}
	.strength.l2 {
		--tone: var(--amber);
	}
	.strength p {
		display: flex;
		gap: var(--s1);
		align-items: center;
		color: var(--tone);
	}
	.bars {
		display: grid;
		grid-template-columns: repeat(3, 1fr);
		gap: var(--s1);
	}
	.bars i {
		block-size: 0.375rem;
		border-radius: 0.1875rem;
		background: var(--line);
	}
	.bars i.on {
		background: var(--tone);
	}
	@media (forced-colors: active) {
		.bars i {
			border: 1px solid CanvasText;
		}
		.bars i.on {
			background: CanvasText;
		}
	}
	.slider {
		display: grid;
		grid-template-columns: minmax(0, 1fr) 4.5rem;
		gap: var(--s3);
		align-items: center;
	}
	input[type="range"] {
		min-block-size: var(--touch);
		padding: 0;
		border: 0;
		background: none;
		accent-color: var(--accent);
	}
	input[type="number"] {
		text-align: end;
	}
	.sets {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr));
		column-gap: var(--s4);
	}
	/* A legend keeps out of its fieldset's grid unless it floats. */
	.sets legend {
		float: inline-start;
		grid-column: 1 / -1;
	}
	.numbers,
	.pair {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(min(11rem, 100%), 1fr));
		gap: var(--s2) var(--s4);
		align-items: end;
	}
	.pair {
		row-gap: var(--s4);
	}
	.number {
		display: grid;
		grid-template-columns: minmax(0, 1fr) 4.5rem;
		gap: var(--s3);
		align-items: center;
	}
	.number label {
		font-weight: 400;
		font-size: var(--text-m);
	}
`;
