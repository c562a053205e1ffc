import { css, html, type TemplateResult } from "lit";
import { icon, seal } from "../ui/icon.ts";
import { t } from "../ui/text.ts";

/** A window of our own that asks one thing. */
export function asking(body: TemplateResult): TemplateResult {
	return html`<header>${seal(28)}<span>${t("app_name")}</span></header>
		<main class="page">${body}</main>`;
}

/** Whose site asks. */
export function askedBy(host: string): TemplateResult {
	return html`<p class="site">${icon("key")}<span>${t("site_passkey_asks", { host })}</span></p>`;
}

/** Whoever asked is there no longer. */
export function gone(text: string): TemplateResult {
	return html`<h1 tabindex="-1">${t("site_passkey_gone_title")}</h1>
		<p class="soft">${text}</p>
		<button class="wide" @click=${() => close()}>${t("site_passkey_close")}</button>`;
}

export const askingSheet = css`
	:host {
		display: grid;
		grid-template-rows: auto 1fr;
		min-block-size: 100dvh;
	}
	header {
		display: flex;
		gap: var(--s2);
		align-items: center;
		padding: var(--s3) var(--s4);
		border-block-end: var(--hairline) solid var(--line);
		background: var(--surface);
		font: 500 var(--text-l) / 1 var(--serif);
	}
	.page {
		align-content: start;
		inline-size: 100%;
		max-inline-size: 26rem;
	}
	.site {
		display: inline-flex;
		gap: var(--s2);
		align-items: center;
		justify-self: start;
		max-inline-size: 100%;
		padding: var(--s1) var(--s3);
		border-radius: 2rem;
		background: var(--accent-soft);
		font-size: var(--text-s);
		font-weight: 600;
		overflow-wrap: anywhere;
	}
	dl {
		display: grid;
		gap: var(--s3);
	}
	.account {
		display: grid;
		grid-template-columns: auto minmax(0, 1fr);
		gap: 0 var(--s3);
		justify-content: start;
		justify-items: start;
		inline-size: 100%;
		padding: var(--s3) var(--s4);
		background: var(--surface);
		border-color: var(--line);
		text-align: start;
	}
	.account svg {
		grid-row: 1 / 3;
		align-self: center;
		color: var(--accent);
	}
	.account strong,
	.account span {
		overflow-wrap: anywhere;
	}
	.account strong {
		font-weight: 600;
	}
	.account span {
		font-weight: 400;
		font-size: var(--text-s);
		color: var(--ink-soft);
	}
	.others {
		display: grid;
		gap: var(--s2);
		justify-items: center;
		padding-block-start: var(--s2);
	}
`;
