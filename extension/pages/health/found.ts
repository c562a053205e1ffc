import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../../background/client.ts";
import { base } from "../../ui/base.ts";
import { buttons } from "../../ui/controls.ts";
import { icon } from "../../ui/icon.ts";
import { count, day, t } from "../../ui/text.ts";
import type { HealthFinding, HealthLogin } from "../../wasm/sigill.js";
import { say } from "../events.ts";
import { failureText } from "../failure.ts";
import { address, VAULT } from "../view.ts";
import { known } from "./known.ts";
import { grouped } from "./report.ts";
import { changeLink, hostOf, Leaving, nameOf, names, rowSheet, siteLink } from "./row.ts";

/** So many are shown at first, and so many more each time they are asked for. */
const FIRST = 10;
const MORE = 100;

/** What was found of one kind: of which logins, why it matters, and the ways to mend it or to put it aside. */
@customElement("sg-found")
export class Found extends LitElement {
	static override styles = [
		base,
		buttons,
		rowSheet,
		css`
			.group + .group {
				border-block-start: var(--hairline) solid var(--line-strong);
				padding-block-start: var(--s2);
			}
		`,
	];

	@property({ attribute: false }) accessor kind: HealthFinding = "weak";
	@property({ attribute: false }) accessor logins: readonly HealthLogin[] = [];
	@state() private accessor most = FIRST;
	private readonly leaving = new Leaving(this);

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

	protected override updated(changed: PropertyValues): void {
		if (changed.has("logins")) this.leaving.remain(this.logins.map(({ id }) => id));
	}

	private lists(logins: readonly HealthLogin[]): TemplateResult {
		if (this.kind !== "reused") return html`<ul aria-labelledby="title">${this.rows(logins)}</ul>`;
		const groups = grouped(logins, ({ password }) => password);
		return html`<ul aria-labelledby="title">
			${groups.map(
				(same, at) => html`<li class="group">
					<h3 id="group-${at}">${count("health_share", same[0].accounts)}</h3>
					<ul aria-labelledby="group-${at}">${this.rows(same)}</ul>
				</li>`,
			)}
		</ul>`;
	}

	/** Each keeps its own, so that what has the keyboard belongs to the same login still. */
	private rows(logins: readonly HealthLogin[]): unknown {
		return repeat(
			logins,
			({ id }) => id,
			(login) => this.row(login),
		);
	}

	private row(login: HealthLogin): TemplateResult {
		const label = t("health_put_aside_of", { name: nameOf(login) });
		return html`<li class="login">
			${names(login, this.why(login))}
			<div class="ways">
				${this.way(login)}
				<button class="icon-only" aria-label=${label} title=${label} @click=${(event: Event) => this.putAside(event, login)}>
					${icon("hide")}
				</button>
			</div>
		</li>`;
	}

	private why(login: HealthLogin): string {
		switch (this.kind) {
			case "leaked":
				return count("health_seen", known().leaks.of(login) ?? 0);
			case "old":
				return t("health_since", { date: day(login.since) });
			default:
				return login.detail || (login.name === "" ? "" : hostOf(login));
		}
	}

	/** To where it is mended: at the site, or in the entry. */
	private way(login: HealthLogin): TemplateResult | typeof nothing {
		const name = nameOf(login);
		switch (this.kind) {
			case "in_clear": {
				const edit = { ...VAULT, open: { pane: "edit", id: login.id } } as const;
				return html`<a class="button" href=${address(edit)} aria-label=${t("health_edit_of", { name })}>
					${icon("edit")}${t("health_edit")}
				</a>`;
			}
			case "two_factor":
				if (login.site === "") return nothing;
				return siteLink(login.site, t("health_site"), t("health_site_of", { name }));
			default:
				return changeLink(login, name);
		}
	}

	private async putAside({ currentTarget }: Event, login: HealthLogin): Promise<void> {
		const { id, prefix } = login;
		const { kind } = this;
		this.leaving.begin(id, currentTarget);
		const name = nameOf(login);
		try {
			await call("putAside", id, kind, prefix);
		} catch (thrown) {
			this.leaving.end();
			say(this, { text: failureText(thrown) ?? t("error_unknown") });
			return;
		}
		const undo = async () => {
			await call("putBack", id, kind);
			return t("health_taken_back", { name });
		};
		say(this, { text: t("health_is_aside", { name }), undo });
	}

	private readonly more = async (): Promise<void> => {
		const next = this.most;
		this.most += MORE;
		await this.updateComplete;
		this.renderRoot.querySelectorAll<HTMLElement>(".names a")[next]?.focus();
	};
}
