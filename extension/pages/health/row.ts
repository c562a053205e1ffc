import { css, html, type LitElement, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { HealthLogin } from "../../wasm/sigill.js";
import { address, VAULT } from "../view.ts";

/** A login in a list: its name leads to it, and a few words say why it stands there. */
export function names(login: HealthLogin, why: string): TemplateResult {
	const open = { ...VAULT, open: { pane: "item", id: login.id } } as const;
	return html`<div class="names">
		<a href=${address(open)}>${nameOf(login)}</a>
		${why ? html`<p class="small soft">${why}</p>` : nothing}
	</div>`;
}

export function nameOf(login: HealthLogin): string {
	return login.name || hostOf(login) || t("list_unnamed");
}

export function hostOf({ site }: HealthLogin): string {
	return site.replace("https://", "");
}

/** To where its password is changed, for whom that is known; `name` says whose where several stand together. */
export function changeLink({ site }: HealthLogin, name?: string): TemplateResult | typeof nothing {
	if (site === "") return nothing;
	// A well-known place that leads there: https://w3c.github.io/webappsec-change-password-url/
	const label = name === undefined ? undefined : t("health_change_of", { name });
	return siteLink(`${site}/.well-known/change-password`, t("health_change"), label);
}

/** To a page of the site's, in a tab of its own. */
export function siteLink(href: string, text: string, label?: string): TemplateResult {
	return html`<a class="button" href=${href} target="_blank" rel="noopener noreferrer" aria-label=${label ?? nothing}>
		${text}${icon("tab")}
	</a>`;
}

/** A row that something was pressed in to have it gone. */
export class Leaving {
	private row: { readonly key: string; readonly place: number } | undefined;

	constructor(private readonly host: LitElement) {}

	begin(key: string, pressed: EventTarget | null): void {
		const row = pressed instanceof Element ? pressed.closest(".login") : null;
		const place = row ? [...this.host.renderRoot.querySelectorAll(".login")].indexOf(row) : -1;
		this.row = { key, place };
	}

	/** It stays after all. */
	end(): void {
		this.row = undefined;
	}

	/** These are there now. Where it is gone the one in its place has the keyboard, unless the person went on. */
	remain(keys: readonly string[]): void {
		const { row } = this;
		if (!row || keys.includes(row.key)) return;
		this.row = undefined;
		if (document.activeElement !== document.body) return;
		const links = [...this.host.renderRoot.querySelectorAll<HTMLElement>(".names a")];
		(links[row.place] ?? links.at(-1))?.focus();
	}
}

export const rowSheet = css`
	.login {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s1) var(--s3);
		align-items: center;
		justify-content: space-between;
		min-block-size: 3rem;
		padding-block: var(--s2);
	}
	.login + .login {
		border-block-start: var(--hairline) solid var(--line);
	}
	.names {
		flex: 1 1 11rem;
		min-inline-size: 0;
		overflow-wrap: anywhere;
	}
	.names a {
		font-weight: 500;
	}
	.login button,
	.login a.button {
		font-size: var(--text-s);
	}
	.ways {
		display: flex;
		gap: var(--s1);
		align-items: center;
	}
`;
