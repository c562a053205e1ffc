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
	header h1 {
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
		padding: 0 var(--s2) 0 var(--s4);
	}
	.line {
		display: flex;
		align-items: center;
		min-block-size: 3.75rem;
		padding-block: var(--s2);
	}
	.line + .line {
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
	.danger {
		justify-self: start;
	}
	fieldset.card {
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
`;
