import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { fillHere, here, othersHere } from "../../background/client.ts";
import type { Here as Around, Other, Told } from "../../background/here.ts";
import type { Fillable } from "../../content/form-kinds.ts";
import { setListed } from "../../storage/index.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Offered } from "../../wasm/sigill.js";
import { early } from "../early.ts";
import { say } from "../events.ts";
import { isPopup } from "../page.ts";
import { Screen } from "../screen.ts";
import { address } from "../view.ts";
import { KINDS } from "./kinds.ts";

/** In the popup this is what people wait for: it is asked while the rest comes. A locked vault has nothing to say yet. */
const first = isPopup ? early(() => here().catch(() => undefined)) : () => undefined;

/** What the page beside the popup needs: its logins, one press from being filled. */
@customElement("sg-here")
export class Here extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			section {
				display: grid;
				gap: var(--s2);
				padding: var(--s3) var(--s4) var(--s4);
				border-block-end: var(--hairline) solid var(--line);
				background: var(--surface);
			}
			h2 {
				font: 600 var(--text-s) / 1.4 var(--sans);
				color: var(--ink-soft);
				overflow-wrap: anywhere;
			}
			li {
				display: flex;
				align-items: center;
				gap: var(--s2);
			}
			.fill {
				flex: 1;
				display: grid;
				grid-template-columns: auto minmax(0, 1fr) auto;
				gap: 0 var(--s3);
				align-items: center;
				padding: var(--s2) var(--s3);
				text-align: start;
				min-inline-size: 0;
			}
			.letter {
				display: grid;
				place-items: center;
				inline-size: 2.25rem;
				block-size: 2.25rem;
				border-radius: var(--round-s);
				background: var(--accent-soft);
				color: var(--accent);
				font-weight: 600;
			}
			.names {
				display: grid;
				min-inline-size: 0;
			}
			.names > * {
				overflow: hidden;
				text-overflow: ellipsis;
				white-space: nowrap;
				font-weight: 500;
			}
			.names span {
				font-weight: 400;
				font-size: var(--text-s);
				color: var(--ink-soft);
			}
		`,
	];

	@state() private accessor around: Around | undefined;
	@state() private accessor others: readonly Other[] = [];
	/** What is said before this one is filled. */
	@state() private accessor asked: Offered | undefined;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("status")) void this.load();
	}

	private async load(): Promise<void> {
		try {
			const around = (await first()) ?? (await here());
			if (around?.page.origin !== this.around?.page.origin) this.others = []; // none of these was read for that page
			this.around = around;
			this.others = around?.off === false ? await othersHere(around.page) : [];
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	protected override updated(changed: PropertyValues): void {
		if (!changed.has("around") || !this.around) return;
		requestAnimationFrame(() => setTimeout(() => performance.mark("sigill-here-painted")));
	}

	override render(): TemplateResult | typeof nothing {
		const { around } = this;
		if (!around) return nothing;
		const { items, imitates } = around.offers;
		return html`<section aria-labelledby="here">
			<h2 id="here">${t("here_title", { host: around.host })}</h2>
			${
				imitates === undefined
					? nothing
					: html`<p class="notice wax small" role="alert">${t("inpage_imitates", { host: imitates })}</p>`
			}
			${around.off ? html`<p class="small soft">${t("here_is_off")}</p>` : nothing}
			${
				items.length === 0 && imitates === undefined
					? html`<p class="small soft">${t("inpage_none")}</p>`
					: html`<ul>${items.map((item) => this.item(item, around, "login"))}</ul>`
			}
			${
				this.others.length === 0
					? nothing
					: html`<h2>${t("here_others")}</h2>
							<ul>${this.others.map((item) => this.item(item, around, item.kind))}</ul>`
			}
			<div>
				<button class="quiet small" @click=${() => this.turn(around)}>${t(around.off ? "here_on" : "here_off")}</button>
			</div>
		</section>`;
	}

	/** Switches the help on that site off, or on again. */
	private async turn({ host, off }: Around): Promise<void> {
		await setListed("offSites", host, !off);
		await this.load();
	}

	private item(item: Offered, { page, host }: Around, kind: Fillable): TemplateResult {
		const name = item.name || item.host;
		if (this.asked?.id === item.id && item.caution !== undefined) {
			return html`<li>
				<div class="notice amber stack tight" role="alert">
					<p class="small">${t(`inpage_${item.caution}`, { host })}</p>
					<div class="row">
						<button @click=${() => this.fill(page, item, kind)}>${t("inpage_fill_anyway")}</button>
						<button class="quiet" @click=${this.leave}>${t("inpage_leave")}</button>
					</div>
				</div>
			</li>`;
		}
		const view = { view: "vault", scope: { of: "all" }, open: { pane: "item", id: item.id } } as const;
		return html`<li>
			<button
				class="fill"
				aria-label=${t("here_fill", { name: [name, item.detail].filter(Boolean).join(", ") })}
				@click=${() => this.press(page, item, kind)}
			>
				<span class="letter" aria-hidden="true">
					${kind === "login" ? [...name][0]?.toUpperCase() : icon(KINDS[kind].picture)}
				</span>
				<span class="names"><b>${name}</b><span>${item.detail || item.host}</span></span>
				${icon("edit")}
			</button>
			<a class="open" href=${address(view)} aria-label=${t("here_open", { name })} title=${t("here_open", { name })}>
				${icon("next")}
			</a>
		</li>`;
	}

	private press(page: Told, item: Offered, kind: Fillable): void {
		if (item.caution === undefined) void this.fill(page, item, kind);
		else this.asked = item;
	}

	private readonly leave = (): void => {
		this.asked = undefined;
	};

	private async fill(page: Told, { id, caution: despite }: Offered, kind: Fillable): Promise<void> {
		const filled = await this.attempt(() => fillHere(page, { id, kind, despite }));
		if (filled === "filled") close();
		else if (filled === "nothing") say(this, { text: t("here_no_form") });
		else if (filled === "elsewhere") await this.changed();
	}

	/** What was shown is for a page that is gone. */
	private async changed(): Promise<void> {
		say(this, { text: t("here_changed") });
		this.asked = undefined;
		await this.load();
	}
}
