import { css } from "lit";

/** Rows of a name and what is set, and the doors to the danger pages. */
export const settingsSheet = css`
	.setting {
		display: grid;
		grid-template-columns: minmax(min-content, 1fr) minmax(min-content, 13rem);
		gap: var(--s1) var(--s4);
		align-items: center;
		padding-block: var(--s3);
	}
	/* On a narrow page a name and what is set stand one above the other: then nothing is squeezed. */
	@media (max-width: 479px) {
		.setting {
			grid-template-columns: minmax(0, 1fr);
			row-gap: var(--s2);
		}
	}
	.setting + .setting {
		border-block-start: var(--hairline) solid var(--line);
	}
	/* A name breaks between words only: its longest one makes the column. */
	.setting .label {
		overflow-wrap: normal;
	}
	.setting .wide,
	.setting .hint {
		grid-column: 1 / -1;
	}
	.after {
		padding-block-end: var(--s3);
		margin-block-start: calc(-1 * var(--s2));
	}
	.after + .setting {
		border-block-start: var(--hairline) solid var(--line);
	}
	.card {
		padding-block: var(--s1);
	}
	.danger-list {
		padding-block: var(--s2);
	}
	.danger-list button {
		justify-content: space-between;
		text-align: start;
		inline-size: 100%;
		border-color: transparent;
		padding-inline: var(--s2);
	}
`;
