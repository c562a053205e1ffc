import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { base } from "../../ui/base.ts";
import { buttons } from "../../ui/controls.ts";
import { icon } from "../../ui/icon.ts";
import { count, day, t } from "../../ui/text.ts";
import type { HealthLogin } from "../../wasm/sigill.js";
import { address, VAULT } from "../view.ts";
import { leaks } from "./known.ts";
import { grouped, type KindOfFinding } from "./report.ts";

/** So many are shown at first, and so many more each time they are asked for. */
const FIRST = 10;
const MORE = 100;

/** What was found of one kind: of which logins, why it matters, and the ways to mend it. */
@customElement("sg-found")
export class Found extends LitElement {
	static override styles = [
		base,
		buttons,
		css`
			.group + .group {
				border-block-start: var(--hairline) solid var(--line-strong);
				padding-block-start: var(--s2);
			}
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
				flex: 1 1 7rem;
				min-inline-size: 0;
				overflow-wrap: anywhere;
			}
			.names a {
				font-weight: 500;
			}
			a.button {
				font-size: var(--text-s);
			}
		`,
	];

	@property({ attribute: false }) accessor kind: KindOfFinding = "weak";
	@property({ attribute: false }) accessor logins: readonly HealthLogin[] = [];
	@state() private accessor most = FIRST;

	override render(): TemplateResult {
		const { kind, logins } = this;
		const left = logins.length - this.most;
		return html`<section class="card stack tight" aria-labelledby="title">
			<div class="row between">
				<h2 id="title">${t(`health_${kind}`)}</h2>
				<span class="small soft">${count("entries", logins.length)}</span>
			</div>
			<p class="small soft">${t(`health_${kind}_text`)}</p>
			${this.lists(logins.slice(0, this.most))}
			${left > 0 ? html`<button class="quiet" @click=${this.more}>${t("health_more", { n: left })}</button>` : nothing}
		</section>`;
	}

	private lists(logins: readonly HealthLogin[]): TemplateResult {
		if (this.kind !== "reused")
			return html`<ul aria-labelledby="title">${logins.map((login) => this.row(login))}</ul>`;
		const groups = grouped(logins, ({ password }) => password);
		return html`<ul aria-labelledby="title">
			${groups.map(
				(same) => html`<li class="group">
					<h3>${count("health_share", same[0].accounts)}</h3>
					<ul>${same.map((login) => this.row(login))}</ul>
				</li>`,
			)}
		</ul>`;
	}

	private row(login: HealthLogin): TemplateResult {
		const open = { ...VAULT, open: { pane: "item", id: login.id } } as const;
		const why = this.why(login);
		return html`<li class="login">
			<div class="names">
				<a href=${address(open)}>${nameOf(login)}</a>
				${why ? html`<p class="small soft">${why}</p>` : nothing}
			</div>
			${this.way(login)}
		</li>`;
	}

	private why(login: HealthLogin): string {
		switch (this.kind) {
			case "leaked":
				return count("health_seen", leaks.of(login) ?? 0);
			case "old":
				return t("health_since", { date: day(login.since) });
			default:
				return login.detail || (login.name === "" ? "" : hostOf(login));
		}
	}

	/** To where it is mended: at the site, or in the entry. */
	private way(login: HealthLogin): TemplateResult | typeof nothing {
		const { id, site } = login;
		const name = nameOf(login);
		if (this.kind === "in_clear") {
			const edit = { ...VAULT, open: { pane: "edit", id } } as const;
			return html`<a class="button" href=${address(edit)} aria-label=${t("health_edit_of", { name })}>
				${icon("edit")}${t("health_edit")}
			</a>`;
		}
		if (site === "") return nothing;
		// A well-known place that leads to where a site's password is changed: https://w3c.github.io/webappsec-change-password-url/
		const isStep = this.kind === "two_factor";
		const there = isStep ? site : `${site}/.well-known/change-password`;
		const text = t(isStep ? "health_site" : "health_change");
		return html`<a
			class="button"
			href=${there}
			target="_blank"
			rel="noopener noreferrer"
			aria-label=${t(isStep ? "health_site_of" : "health_change_of", { name })}
		>
			${text}${icon("tab")}
		</a>`;
	}

	private readonly more = async (): Promise<void> => {
		const next = this.most;
		this.most += MORE;
		await this.updateComplete;
		this.renderRoot.querySelectorAll<HTMLElement>(".names a")[next]?.focus();
	};
}

function hostOf({ site }: HealthLogin): string {
	return site.replace("https://", "");
}

function nameOf(login: HealthLogin): string {
	return login.name || hostOf(login) || t("list_unnamed");
}
