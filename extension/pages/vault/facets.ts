import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { type Icon, icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Facets as Counts, Scope } from "../../wasm/sigill.js";
import { Screen } from "../screen.ts";
import { address, scopeAddress } from "../view.ts";
import { actOn } from "./bulk.ts";
import { dropOn, letGo } from "./drag.ts";
import { KINDS, scopeName } from "./kinds.ts";

/** What there is to choose from beside the list, and how many of each. */
@customElement("sg-facets")
export class Facets extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			:host {
				overflow: auto;
				min-block-size: 0;
				scrollbar-width: thin;
				scrollbar-color: var(--line-strong) transparent;
			}
			nav {
				display: grid;
				gap: var(--s4);
				padding: var(--s4) var(--s3);
			}
			h2 {
				padding-inline: var(--s3);
				margin-block-end: var(--s1);
			}
			a {
				display: flex;
				gap: var(--s3);
				align-items: center;
				min-block-size: 2.5rem;
				padding-inline: var(--s3);
				border-radius: var(--round-m);
				color: inherit;
				text-decoration: none;
			}
			a:hover,
			a[aria-current] {
				background: var(--accent-soft);
				color: inherit;
			}
			a[aria-current] {
				font-weight: 600;
			}
			a.over {
				outline: 2px dashed var(--accent);
				outline-offset: -2px;
			}
			.icon {
				color: var(--ink-soft);
				flex: none;
			}
			.name {
				flex: 1;
				min-inline-size: 0;
				overflow: hidden;
				text-overflow: ellipsis;
				white-space: nowrap;
			}
		`,
	];

	@property({ attribute: false }) accessor scope: Scope = { of: "all" };
	@state() private accessor counts: Counts | undefined;
	/** Where entries that are dragged would be dropped now. */
	@state() private accessor over: string | undefined;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("status")) void this.load();
	}

	private async load(): Promise<void> {
		try {
			this.counts = await call("facets");
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	override async focusStart(): Promise<void> {
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("a")?.focus();
	}

	override render(): TemplateResult | typeof nothing {
		const { counts } = this;
		if (!counts) return nothing;
		return html`<nav aria-label=${t("scope_nav")}>
			${problem(this.failure)}
			<ul>
				${this.link({ of: "all" }, "vault", counts.all)} ${this.link({ of: "favourites" }, "star", counts.favourites)}
				${this.link({ of: "archive" }, "archive", counts.archived)} ${this.link({ of: "trash" }, "trash", counts.trashed)}
			</ul>
			${this.group(
				t("scope_kinds"),
				counts.kinds.map(({ kind, count }) => this.link({ of: "kind", kind }, KINDS[kind].picture, count)),
			)}
			${this.group(
				t("scope_folders"),
				counts.folders.map(({ name, count }) => this.link({ of: "folder", folder: name }, "folder", count)),
			)}
			${this.group(
				t("scope_tags"),
				counts.tags.map(({ name, count }) => this.link({ of: "tag", tag: name }, "tag", count)),
			)}
		</nav>`;
	}

	private hover(event: DragEvent, scope: Scope): void {
		if (!dropOn(event, scope)) return;
		event.preventDefault();
		this.over = scopeAddress(scope);
	}

	private readonly leave = (): void => {
		this.over = undefined;
	};

	private drop(event: DragEvent, scope: Scope): void {
		this.leave();
		const dropped = dropOn(event, scope);
		letGo();
		if (!dropped) return;
		event.preventDefault();
		void this.attempt(async () => {
			await actOn(this, dropped.ids, dropped.act);
			this.dispatchEvent(new CustomEvent("sigill-acted"));
		});
	}

	private group(name: string, links: TemplateResult[]): TemplateResult | typeof nothing {
		if (links.length === 0) return nothing;
		return html`<section>
			<h2 class="label">${name}</h2>
			<ul>
				${links}
			</ul>
		</section>`;
	}

	private link(scope: Scope, picture: Icon, count: number): TemplateResult {
		const here = scopeAddress(scope) === scopeAddress(this.scope);
		const name = scope.of === "all" ? t("scope_all") : scopeName(scope);
		return html`<li>
			<a
				href=${address({ view: "vault", scope, open: { pane: "none" } })}
				aria-current=${here ? "true" : nothing}
				class=${scopeAddress(scope) === this.over ? "over" : ""}
				@dragover=${(event: DragEvent) => this.hover(event, scope)}
				@dragleave=${this.leave}
				@drop=${(event: DragEvent) => this.drop(event, scope)}
			>
				${icon(picture)}<span class="name">${name}</span><span class="small soft">${count}</span>
			</a>
		</li>`;
	}
}
