import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../../background/client.ts";
import { icon } from "../../ui/icon.ts";
import { count, t } from "../../ui/text.ts";
import type { Place, Row } from "../../wasm/sigill.js";
import { copyPlain, copySecret } from "../copy.ts";
import { go } from "../events.ts";
import { Screen } from "../screen.ts";
import { address } from "../view.ts";
import { listSheet } from "./list-sheet.ts";
import { Found } from "./rows.ts";

/** Height of a row, as in the sheet. */
const ROW = 60;
const SPARE = 8;

/** The list with instant search. Only rows in sight are in the document. */
@customElement("sg-list")
export class List extends Screen {
	static override styles = [...Screen.styles, listSheet];

	@property({ attribute: false }) accessor place: Place = "vault";
	/** The entry that is open beside the list. */
	@property({ attribute: false }) accessor chosen: string | undefined;
	@state() private accessor text = "";
	@state() private accessor found: Found | undefined;
	@state() private accessor first = 0;
	@state() private accessor last = 0;
	private readonly room = new CSSStyleSheet();
	private readonly size = new ResizeObserver(() => this.look());
	private wanted = 0;

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
		if (changed.has("place") && this.hasUpdated) {
			this.text = "";
			void this.search();
		}
		if (changed.has("status") && this.hasUpdated) void this.search();
	}

	/** Looks again; what is on the screen stays until the answer is there. */
	async search(): Promise<void> {
		this.wanted += 1;
		const mine = this.wanted;
		const next = new Found(this.text, this.place);
		const same = this.found?.text === next.text && this.found.place === next.place;
		try {
			await next.need(same ? this.first : 0, same ? Math.max(this.last, 1) : 1);
		} catch (thrown) {
			await this.failed(thrown);
			return;
		}
		if (mine !== this.wanted) return;
		this.found = next;
		if (!same) this.scroller?.scrollTo(0, 0);
		await this.updateComplete;
		this.look();
	}

	private get scroller(): HTMLElement | null {
		return this.renderRoot.querySelector<HTMLElement>(".scroll");
	}

	/** Which rows are in sight. */
	private readonly look = (): void => {
		const { scroller, found } = this;
		if (!scroller || !found) return;
		const top = Math.floor(scroller.scrollTop / ROW);
		const seen = Math.ceil(scroller.clientHeight / ROW);
		this.first = Math.max(0, top - SPARE);
		this.last = Math.min(found.total, top + seen + SPARE);
		this.room.replaceSync(
			`.rows{padding-block:${this.first * ROW}px ${Math.max(0, found.total - this.last) * ROW}px}`,
		);
		void found.need(this.first, this.last).then((fetched) => {
			if (fetched && found === this.found) this.requestUpdate();
		});
	};

	protected override updated(changed: PropertyValues): void {
		if (changed.has("last") && this.last > 0) performance.mark("sigill-list");
	}

	override async focusStart(): Promise<void> {
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLInputElement>("#search")?.focus();
	}

	override render(): TemplateResult {
		const inTrash = this.place === "trash";
		return html`<header>
				<div class="row between">
					<h1 tabindex="-1">${t(inTrash ? "trash_title" : "vault_title")}</h1>
					<span class="small soft" role="status">${this.found ? count("entries", this.found.total) : nothing}</span>
				</div>
				${this.searchRow(inTrash)}
			</header>
			<div class="scroll" @scroll=${this.look} @keydown=${this.walk}>${this.body()}</div>`;
	}

	private searchRow(inTrash: boolean): TemplateResult {
		const name = t(inTrash ? "search_trash" : "search_vault");
		return html`<div class="row tools">
			<div class="box search">
				${icon("search")}
				<input
					id="search"
					type="search"
					autocomplete="off"
					spellcheck="false"
					aria-label=${name}
					placeholder=${name}
					.value=${this.text}
					@input=${this.typed}
					@keydown=${this.fromSearch}
				/>
			</div>
			${
				inTrash
					? nothing
					: html`<button class="primary add" @click=${this.add}>
							${icon("add")}<span>${t("item_add")}</span>
						</button>`
			}
		</div>`;
	}

	private body(): TemplateResult {
		const { found, first, last } = this;
		if (this.failure) return html`<p class="empty" role="alert">${this.failure}</p>`;
		if (!found) return html`<p class="empty soft">${t("loading")}</p>`;
		if (found.total === 0) return this.empty(found);
		const rows: [number, Row | undefined][] = [];
		for (let at = first; at < Math.min(last, found.total); at += 1) rows.push([at, found.row(at)]);
		return html`<ul class="rows" aria-label=${t(this.place === "trash" ? "list_trash" : "list_vault")}>
			${repeat(
				rows,
				([at, row]) => row?.id ?? at,
				([at, row]) => this.row(at, row, found.total),
			)}
		</ul>`;
	}

	private empty(found: Found): TemplateResult {
		if (found.text !== "")
			return html`<p class="empty" role="status">${t("search_none", { text: found.text })}</p>`;
		if (this.place === "trash") return html`<p class="empty soft">${t("empty_trash")}</p>`;
		return html`<div class="empty stack">
			<h2>${t("empty_title")}</h2>
			<p class="soft">${t("empty_text")}</p>
			<button @click=${() => go(this, { view: "import" })}>${icon("import")}${t("import_title")}</button>
		</div>`;
	}

	private row(at: number, row: Row | undefined, total: number): TemplateResult {
		if (!row) return html`<li class="waiting"></li>`;
		const name = row.name || row.host || t("list_unnamed");
		const view = { view: "vault", place: this.place, open: { pane: "item", id: row.id } } as const;
		const second = row.username || row.host;
		return html`<li aria-setsize=${total} aria-posinset=${at + 1} class=${row.id === this.chosen ? "chosen" : ""}>
			<a
				href=${address(view)}
				data-at=${at}
				aria-current=${row.id === this.chosen ? "true" : nothing}
				aria-label=${second ? `${name}, ${second}` : name}
			>
				<span class="letter" aria-hidden="true">${[...name][0]?.toUpperCase()}</span>
				<span class="names"><b>${name}</b><span>${second}</span></span>
			</a>
			${this.place === "trash" ? nothing : this.copies(row, name)}
		</li>`;
	}

	private copies(row: Row, name: string): TemplateResult {
		const username = t("copy", { what: t("what_username_of", { name }) });
		const password = t("copy", { what: t("what_password_of", { name }) });
		return html`<span class="copies">
			${
				row.username
					? html`<button class="icon-only" aria-label=${username} title=${username} @click=${() => this.copyUser(row)}>
							${icon("account")}
						</button>`
					: nothing
			}
			<button class="icon-only" aria-label=${password} title=${password} @click=${() => this.copyPassword(row)}>
				${icon("key")}
			</button>
		</span>`;
	}

	private async copyUser(row: Row): Promise<void> {
		// The index proposes, the item decides.
		const item = await this.attempt(() => call("item", row.id));
		if (item) await copyPlain(this, t("said_username"), item.login.username);
	}

	private async copyPassword(row: Row): Promise<void> {
		const item = await this.attempt(() => call("item", row.id));
		if (item) await copySecret(this, t("said_password"), item.login.password);
	}

	private readonly add = (): void => go(this, { view: "vault", place: "vault", open: { pane: "new" } });

	private typed(event: Event & { currentTarget: HTMLInputElement }): void {
		this.text = event.currentTarget.value;
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
