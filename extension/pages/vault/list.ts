import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { type Icon, icon } from "../../ui/icon.ts";
import { count, type Key, t } from "../../ui/text.ts";
import type { Row, Scope } from "../../wasm/sigill.js";
import { go } from "../events.ts";
import { isPopup } from "../page.ts";
import { Screen } from "../screen.ts";
import { scopeAddress } from "../view.ts";
import { waysSheet } from "../ways.ts";
import "./bulk.ts";
import "./due.ts";
import { emptyList } from "./empty.ts";
import type { Facets } from "./facets.ts";
import "./facets.ts";
import "./here.ts";
import { scopeName } from "./kinds.ts";
import { listSheet, rowSheet } from "./list-sheet.ts";
import { Picked } from "./picked.ts";
import { rowOf } from "./row.ts";
import { Found } from "./rows.ts";

/** Height of a row, as in the sheet. */
const ROW = 60;
const SPARE = 8;

/** The list with instant search. Only rows in sight are in the document. */
@customElement("sg-list")
export class List extends Screen {
	static override styles = [...Screen.styles, rowSheet, waysSheet, listSheet];

	@property({ attribute: false }) accessor scope: Scope = { of: "all" };
	/** The entry that is open beside the list. */
	@property({ attribute: false }) accessor chosen: string | undefined;
	/** What is typed; the list is drawn anew once its answer is there. */
	private text = "";
	@state() private accessor found: Found | undefined;
	@state() private accessor first = 0;
	@state() private accessor last = 0;
	/** Whether what there is to choose from covers the list, where it has no room beside it. */
	@state() private accessor chooses = false;
	private readonly room = new CSSStyleSheet();
	private readonly size = new ResizeObserver(() => this.look());
	private wanted = 0;
	private readonly picked = new Picked(this);

	override connectedCallback(): void {
		super.connectedCallback();
		addEventListener("keydown", this.shortcut);
		this.size.observe(this);
		void this.search();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		removeEventListener("keydown", this.shortcut);
		this.size.disconnect();
	}

	protected override firstUpdated(): void {
		const root = this.renderRoot;
		if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.room);
	}

	protected override willUpdate(changed: PropertyValues): void {
		const before = changed.get("scope");
		if (before && scopeAddress(before as Scope) !== scopeAddress(this.scope)) {
			this.text = "";
			this.picked.set(undefined);
			this.chooses = false;
			void this.search();
		}
		if (changed.has("status") && this.hasUpdated) void this.search();
	}

	/** Looks again; what is on the screen stays until the answer is there. */
	async search(): Promise<void> {
		this.wanted += 1;
		const mine = this.wanted;
		const next = new Found(this.text, this.scope);
		const same = this.found?.asks(next) === true;
		try {
			await next.need(same ? this.first : 0, same ? Math.max(this.last, 1) : 1);
		} catch (thrown) {
			await this.failed(thrown);
			return;
		}
		if (mine !== this.wanted) return;
		this.found = next;
		if (!same) this.scroller?.scrollTo(0, 0);
		this.place(next); // drawn once
		await this.updateComplete;
		this.look();
	}

	private get scroller(): HTMLElement | null {
		return this.renderRoot.querySelector<HTMLElement>(".scroll");
	}

	/** Draws the rows that are in sight, and fetches those that are missing. */
	private readonly look = (): void => {
		const { found } = this;
		if (!found) return;
		this.place(found);
		void found.need(this.first, this.last).then((fetched) => {
			if (fetched && found === this.found) this.requestUpdate();
		});
	};

	/** Which rows are in sight. */
	private place(found: Found): void {
		const { scroller } = this;
		if (!scroller) return;
		const top = Math.floor(scroller.scrollTop / ROW);
		const seen = Math.ceil(scroller.clientHeight / ROW);
		this.first = Math.max(0, top - SPARE);
		this.last = Math.min(found.total, top + seen + SPARE);
		this.room.replaceSync(
			`.rows{padding-block:${this.first * ROW}px ${Math.max(0, found.total - this.last) * ROW}px}`,
		);
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("last") && this.last > 0) performance.mark("sigill-list");
	}

	override async focusStart(): Promise<void> {
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLInputElement>("#search")?.focus();
	}

	override render(): TemplateResult {
		return html`<header>
				<div class="row between title">
					<h1 tabindex="-1">${scopeName(this.scope)}</h1>
					<span class="small soft" role="status">${this.said()}</span>
					${this.tool("scope_open", "filter", this.choose, this.chooses)}
					${this.tool(this.picked.ids ? "bulk_done" : "bulk_select", "select", this.select)}
				</div>
				${this.picked.ids ? this.picking(this.picked.ids) : this.searchRow()}
			</header>
			${
				this.chooses
					? html`<sg-facets .status=${this.status} .scope=${this.scope} @click=${this.chosenFacet}></sg-facets>`
					: html`<div class="scroll" @scroll=${this.look} @keydown=${this.walk}>${this.above()}${this.scope.of === "trash" ? html`<sg-due .status=${this.status}></sg-due>` : nothing}${this.body()}</div>`
			}`;
	}

	/** Beside a page stands first what that page needs. */
	private above(): TemplateResult | typeof nothing {
		if (!isPopup || this.scope.of !== "all" || this.text !== "" || this.picked.ids) return nothing;
		return html`<sg-here .status=${this.status}></sg-here>`;
	}

	private said(): string {
		if (this.picked.ids) return count("selected", this.picked.ids.size);
		return this.found ? count("entries", this.found.total) : "";
	}

	private tool(name: Key, picture: Icon, press: () => void, opened?: boolean): TemplateResult {
		return html`<button
			class="icon-only ${picture} ${picture === "select" && this.picked.ids ? "on" : ""}"
			aria-label=${t(name)}
			title=${t(name)}
			aria-expanded=${opened === undefined ? nothing : String(opened)}
			?disabled=${picture === "select" && this.found?.total === 0 && !this.picked.ids}
			@click=${press}
		>
			${icon(picture)}
		</button>`;
	}

	private readonly choose = async (): Promise<void> => {
		this.chooses = !this.chooses;
		await this.updateComplete;
		await this.renderRoot.querySelector<Facets>("sg-facets")?.focusStart();
		this.look();
	};

	/** What is chosen shows the list again, the one that shows already too. */
	private chosenFacet(event: Event): void {
		if (event.composedPath().some((node) => node instanceof HTMLAnchorElement)) this.chooses = false;
	}

	private readonly select = (): void => {
		this.chooses = false;
		this.picked.turn();
	};

	private picking(picked: ReadonlySet<string>): TemplateResult {
		const all = picked.size > 0 && picked.size === this.found?.total;
		return html`<div class="stack tight">
			<button class="quiet all" ?disabled=${this.busy} @click=${all ? this.pickNone : this.pickAll}>
				${t(all ? "bulk_none" : "bulk_all")}
			</button>
			<sg-bulk
				.status=${this.status}
				.scope=${this.scope}
				.ids=${[...picked]}
				@sigill-acted=${this.acted}
			></sg-bulk>
		</div>`;
	}

	private readonly pickAll = async (): Promise<void> => {
		const ids = await this.attempt(async () => this.found?.ids());
		if (ids) this.picked.set(new Set(ids));
	};

	private readonly pickNone = (): void => {
		this.picked.set(new Set());
	};

	/** Something was done to what is selected. */
	readonly acted = (): void => {
		this.picked.set(undefined);
		void this.search();
	};

	private searchRow(): TemplateResult {
		const name = this.searchName();
		return html`<div class="row tools">
			<div class="box search">
				${icon("search")}
				<input
					id="search"
					type="search"
					autocomplete="off"
					spellcheck="false"
					aria-label=${name}
					title=${t("search_help")}
					placeholder=${name}
					.value=${live(this.text)}
					@input=${this.typed}
					@keydown=${this.fromSearch}
				/>
			</div>
			${
				this.scope.of === "trash"
					? nothing
					: html`<button class="primary add" @click=${this.add}>
							${icon("add")}<span>${t("item_add")}</span>
						</button>`
			}
		</div>`;
	}

	private searchName(): string {
		const { scope } = this;
		if (scope.of === "all") return t("search_vault");
		return scope.of === "trash" ? t("search_trash") : t("search_scope", { scope: scopeName(scope) });
	}

	private body(): TemplateResult {
		const { found, first, last } = this;
		if (this.failure) return html`<p class="empty" role="alert">${this.failure}</p>`;
		if (!found) return html`<p class="empty soft">${t("loading")}</p>`;
		if (found.total === 0) return emptyList(this, this.status, found);
		const rows: [number, Row | undefined][] = [];
		for (let at = first; at < Math.min(last, found.total); at += 1) rows.push([at, found.row(at)]);
		return html`<ul class="rows" aria-label=${t("list_scope", { scope: scopeName(this.scope) })}>
			${repeat(
				rows,
				([at]) => at, // as one types on, a row becomes another
				([at, row]) =>
					rowOf({
						list: this,
						at,
						row,
						total: found.total,
						scope: this.scope,
						chosen: this.chosen,
						picked: this.picked.ids,
						pick: this.picked.flip,
					}),
			)}
		</ul>`;
	}

	private readonly add = (): void =>
		go(this, { view: "vault", scope: this.scope, open: { pane: "new", kind: undefined } });

	private typed(event: Event & { currentTarget: HTMLInputElement }): void {
		this.text = event.currentTarget.value;
		this.chooses = false;
		void this.search();
	}

	private fromSearch(event: KeyboardEvent): void {
		if (event.key === "ArrowDown") {
			event.preventDefault();
			void this.focusRow(0);
		} else if (event.key === "Enter") {
			this.link(0)?.click();
		} else if (event.key === "Escape" && this.text !== "") {
			event.preventDefault();
			this.text = "";
			void this.search();
		}
	}

	/** Arrow keys walk the rows. */
	private walk(event: KeyboardEvent): void {
		const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
		const at = Number(link?.dataset["at"]);
		if (!link || Number.isNaN(at)) return;
		const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
		const step = steps[event.key];
		if (step === undefined) return;
		event.preventDefault();
		if (at + step < 0) void this.focusStart();
		else void this.focusRow(Math.min(at + step, (this.found?.total ?? 1) - 1));
	}

	private async focusRow(at: number): Promise<void> {
		const { scroller } = this;
		if (!scroller) return;
		const top = at * ROW;
		if (top < scroller.scrollTop) scroller.scrollTop = top;
		const bottom = top + ROW - scroller.clientHeight;
		if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
		this.look();
		await this.found?.need(at, at + 1);
		await this.updateComplete;
		this.link(at)?.focus();
	}

	private link(at: number): HTMLAnchorElement | null {
		return this.renderRoot.querySelector<HTMLAnchorElement>(`a[data-at="${at}"]`);
	}

	/** Puts the keyboard back on the row that was open. */
	async focusEntry(id: string): Promise<void> {
		await this.updateComplete;
		const link = this.renderRoot.querySelector<HTMLAnchorElement>(`a[href$="/${CSS.escape(id)}"]`);
		if (link) link.focus();
		else await this.focusStart();
	}

	/** `/` or typing goes into the search, wherever no field has the keyboard. */
	private readonly shortcut = (event: KeyboardEvent): void => {
		const target = event.composedPath()[0];
		const inField =
			target instanceof HTMLElement && target.matches("input,textarea,select,[contenteditable]");
		if (inField || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
		if (event.key === " " || !this.checkVisibility({ visibilityProperty: true })) return;
		if (event.key === "/") event.preventDefault();
		void this.focusStart();
	};
}
