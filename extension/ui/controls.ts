import { css } from "lit";

/** Buttons, and what looks like them: links, and the browser's own of a file field. */
export const buttons = css`
	button,
	a.button,
	::file-selector-button {
		display: inline-flex;
		align-items: center;
		justify-content: center;
		gap: var(--s2);
		min-block-size: var(--touch);
		padding: var(--s2) var(--s4);
		border: var(--hairline) solid var(--line-strong);
		border-radius: var(--round-m);
		background: transparent;
		color: var(--ink);
		font: 500 var(--text-m) / 1.25 var(--sans);
		text-decoration: none;
		text-align: center;
		cursor: pointer;
		transition:
			background var(--quick),
			border-color var(--quick),
			color var(--quick);
	}
	button:hover:enabled,
	a.button:hover,
	::file-selector-button:hover {
		background: var(--accent-soft);
		color: var(--ink);
	}
	button:disabled {
		cursor: default;
		opacity: 0.55;
	}
	button.primary,
	a.button.primary {
		background: var(--accent);
		border-color: var(--accent);
		color: var(--on-accent);
	}
	button.primary:hover:enabled,
	a.button.primary:hover {
		background: var(--accent-hover);
		border-color: var(--accent-hover);
		color: var(--on-accent);
	}
	button.danger,
	a.button.danger {
		border-color: var(--wax);
		color: var(--wax);
	}
	button.danger:hover:enabled,
	a.button.danger:hover {
		background: var(--wax-soft);
		color: var(--wax-hover);
	}
	button.quiet,
	a.button.quiet {
		border-color: transparent;
		color: var(--accent);
		padding-inline: var(--s2);
	}
	button.icon-only,
	a.button.icon-only {
		inline-size: var(--touch);
		padding: 0;
		border-color: transparent;
		color: var(--ink-soft);
		flex: none;
	}
	button.icon-only:hover:enabled,
	a.button.icon-only:hover {
		color: var(--ink);
	}
	button.link {
		display: inline;
		min-block-size: 0;
		padding: 0;
		border: 0;
		color: var(--accent);
		text-decoration: underline;
		text-underline-offset: 0.2em;
		font: inherit;
		text-align: start;
	}
	button.link:hover:enabled {
		background: none;
		color: var(--accent-hover);
	}
	button.wide,
	a.button.wide {
		inline-size: 100%;
	}
	.actions {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s3);
	}
	.actions > button,
	.actions > a.button {
		flex: 1 1 auto;
	}
`;

/** Native form fields. */
export const fields = css`
	.field {
		display: grid;
		gap: var(--s1);
		grid-template-columns: minmax(0, 1fr);
	}
	label,
	legend,
	.label {
		font-size: var(--text-s);
		font-weight: 600;
		color: var(--ink);
	}
	/* As a label above its field. */
	legend {
		padding: 0;
		margin-block-end: var(--s1);
	}
	.hint {
		font-size: var(--text-s);
		color: var(--ink-soft);
	}
	.error {
		display: flex;
		gap: var(--s2);
		font-size: var(--text-s);
		color: var(--wax);
	}
	.box {
		position: relative;
		display: flex;
		align-items: center;
	}
	input:not([type="checkbox"], [type="radio"], [type="file"]),
	textarea,
	select {
		inline-size: 100%;
		min-block-size: var(--touch);
		padding: var(--s2) var(--s3);
		border: var(--hairline) solid var(--line-strong);
		border-radius: var(--round-m);
		background: var(--raised);
		color: var(--ink);
		font: var(--text-m) / 1.4 var(--sans);
		transition: border-color var(--quick);
	}
	/* The browser's own arrow would touch the border; its colours are the person's where they chose them. */
	select {
		appearance: none;
		padding-inline-end: calc(var(--s3) + 1.25rem);
		background:
			linear-gradient(45deg, transparent 50%, var(--ink-soft) 50%) calc(100% - var(--s3) - 5px) 55% / 5px 5px no-repeat,
			linear-gradient(-45deg, transparent 50%, var(--ink-soft) 50%) calc(100% - var(--s3)) 55% / 5px 5px no-repeat,
			var(--raised);
		text-overflow: ellipsis;
	}
	select:dir(rtl) {
		background-position:
			var(--s3) 55%,
			calc(var(--s3) + 5px) 55%,
			0 0;
	}
	@media (forced-colors: active) {
		select {
			appearance: auto;
			background-image: none;
		}
	}
	.box:has(button) input {
		padding-inline-end: calc(var(--touch) + var(--s1));
	}
	.box button {
		position: absolute;
		inset-inline-end: 0;
	}
	::placeholder {
		color: var(--ink-soft);
		opacity: 1;
	}
	/* The browser's own is of its own colours; the escape key clears the field too. */
	::-webkit-search-cancel-button {
		appearance: none;
	}
	input:focus-visible,
	textarea:focus-visible,
	select:focus-visible {
		outline: 2px solid var(--accent);
		outline-offset: 0;
		border-color: var(--accent);
	}
	input[aria-invalid="true"],
	input[aria-invalid="true"]:focus-visible {
		border-color: var(--wax);
		outline-color: var(--wax);
	}
	input[type="file"] {
		max-inline-size: 100%;
		color: var(--ink-soft);
		font-size: var(--text-s);
	}
	::file-selector-button {
		margin-inline-end: var(--s3);
	}
	textarea {
		min-block-size: 6rem;
		resize: vertical;
	}
	input.code {
		font: 500 1.75rem / 1.3 var(--mono);
		letter-spacing: 0.12em;
		text-align: center;
		padding-block: var(--s3);
	}
	input[type="checkbox"],
	input[type="radio"] {
		accent-color: var(--accent);
		inline-size: 1.125rem;
		block-size: 1.125rem;
		margin: 0;
		flex: none;
	}
	/* Its box stands beside the first line of its name. */
	.tick {
		display: flex;
		gap: var(--s2);
		align-items: start;
		padding-block: 0.3rem;
		font-weight: 400;
		font-size: var(--text-m);
		line-height: 1.4rem;
		cursor: pointer;
	}
	.tick input,
	.tick svg {
		margin-block: 0.1375rem;
	}
	/* What it means belongs to its name: closer to it than to whatever comes next. */
	.option > .hint {
		margin-block-start: -0.25rem;
		padding-inline-start: calc(1.125rem + var(--s2));
	}
	.option + .option {
		margin-block-start: var(--s1);
	}
	.choice {
		display: grid;
		grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
		gap: var(--s1);
		padding: var(--s1);
		border-radius: var(--round-m);
		background: var(--sunken);
	}
	.choice label {
		display: grid;
		place-items: center;
		min-block-size: 2.25rem;
		padding-inline: var(--s2);
		border-radius: var(--round-s);
		font-weight: 500;
		text-align: center;
		cursor: pointer;
		color: var(--ink-soft);
	}
	.choice input {
		position: absolute;
		opacity: 0;
		inline-size: 1px;
		block-size: 1px;
	}
	.choice label:has(input:checked) {
		background: var(--raised);
		color: var(--ink);
		box-shadow: 0 1px 3px var(--shadow);
	}
	.choice label:has(input:focus-visible) {
		outline: 2px solid var(--accent);
		outline-offset: 1px;
	}
	/* Where grounds are taken away, what is chosen is told by the person's own colours. */
	@media (forced-colors: active) {
		.choice {
			border: 1px solid ButtonBorder;
		}
		.choice label:has(input:checked) {
			forced-color-adjust: none;
			background: Highlight;
			color: HighlightText;
		}
	}
`;
