import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { type Key, moment, t } from "../../ui/text.ts";
import type { Item as Entry, Past, Place } from "../../wasm/sigill.js";
import { copyPlain, copySecret } from "../copy.ts";
import { go, say } from "../events.ts";
import { Screen } from "../screen.ts";
import type { Open } from "../view.ts";
import { itemSheet } from "./item-sheet.ts";
import { type Line, linesOf, nameOf, website } from "./lines.ts";

/** An entry, opened. Secrets are dots until shown. */
@customElement("sg-item")
export class Item extends Screen {
	static override styles = [...Screen.styles, itemSheet];

	@property({ attribute: false }) accessor place: Place = "vault";
	@property({ attribute: false }) accessor entry = "";
	@state() private accessor item: Entry | undefined;
	@state() private accessor shown: ReadonlySet<string> = new Set();
	@state() private accessor asksErase = false;
	private loading: Promise<void> | undefined;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("entry")) {
			this.item = undefined;
			this.shown = new Set();
		}
		if (changed.has("entry") || changed.has("status")) this.loading = this.load();
	}

	private async load(): Promise<void> {
		const wanted = this.entry;
		try {
			const item = await call("item", wanted);
			if (wanted === this.entry) this.item = item;
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	override async focusStart(): Promise<void> {
		await this.updateComplete;
		await this.loading;
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
	}

	private get readOnly(): boolean {
		return this.status.vault.state === "open" && this.status.vault.unanchored;
	}

	override render(): TemplateResult {
		const { item } = this;
		if (!item) {
			return html`<div class="pane">
				${this.top(t("loading"))} ${this.failure ? problem(t("item_gone")) : nothing}
			</div>`;
		}
		const { login } = item;
		return html`<article class="pane" aria-labelledby="title">
			${this.top(login.name || t("list_unnamed"))} ${problem(this.failure)}
			<div class="card lines">${linesOf(item).map((line) => this.line(line))}${this.websites(login.urls)}</div>
			${login.notes ? this.notes(login.notes) : nothing} ${this.dates(item)} ${this.history(item.history)}
			${item.trashedAt === undefined ? nothing : this.erasing(login.name)}
		</article>`;
	}

	private top(name: string): TemplateResult {
		const close: Open = { pane: "none" };
		return html`<header>
			<button
				class="icon-only back"
				aria-label=${t("back")}
				@click=${() => go(this, { view: "vault", place: this.place, open: close })}
			>
				${icon("back")}
			</button>
			<h1 id="title" tabindex="-1">${name}</h1>
			${this.item && !this.readOnly ? this.tools(this.item) : nothing}
		</header>`;
	}

	private tools(item: Entry): TemplateResult {
		if (item.trashedAt !== undefined) {
			return html`<div class="row">
				<button ?disabled=${this.busy} @click=${this.untrash}>${icon("undo")}${t("item_untrash")}</button>
			</div>`;
		}
		return html`<div class="row">
			<button @click=${() => go(this, { view: "vault", place: this.place, open: { pane: "edit", id: item.id } })}>
				${icon("edit")}${t("item_edit")}
			</button>
			<button
				class="icon-only"
				aria-label=${t("item_trash")}
				title=${t("item_trash")}
				?disabled=${this.busy}
				@click=${this.trash}
			>
				${icon("trash")}
			</button>
		</div>`;
	}

	private line(line: Line): TemplateResult {
		const shown = !line.secret || this.shown.has(line.id);
		const said =
			line.id === "username" ? t("said_username") : line.id === "password" ? t("said_password") : line.label;
		return html`<div class="line">
			<dl>
				<dt>${line.label}</dt>
				<dd class=${line.secret ? "mono" : ""}>
					${shown ? html`<span class="value">${line.value}</span>` : html`<span aria-hidden="true">••••••••••</span>`}
				</dd>
			</dl>
			${line.secret ? this.toggle(line, shown) : nothing}
			<button
				class="icon-only"
				aria-label=${t("copy", { what: line.what })}
				title=${t("copy", { what: line.what })}
				@click=${() => (line.secret ? copySecret : copyPlain)(this, said, line.value)}
			>
				${icon("copy")}
			</button>
		</div>`;
	}

	private toggle({ id, what }: Pick<Line, "id" | "what">, shown: boolean): TemplateResult {
		const name = t(shown ? "hide" : "show", { what });
		return html`<button class="icon-only" aria-label=${name} title=${name} @click=${() => this.flip(id)}>
			${icon(shown ? "hide" : "show")}
		</button>`;
	}

	private flip(id: string): void {
		const next = new Set(this.shown);
		if (!next.delete(id)) next.add(id);
		this.shown = next;
	}

	private websites(urls: string[]): TemplateResult | typeof nothing {
		if (urls.length === 0) return nothing;
		return html`<div class="line">
			<dl>
				<dt>${t("item_urls")}</dt>
				${urls.map((url) => html`<dd>${website(url)}</dd>`)}
			</dl>
		</div>`;
	}

	private notes(notes: string): TemplateResult {
		return html`<section class="card stack tight">
			<div class="row between">
				<h2 class="label">${t("item_notes")}</h2>
				<button
					class="icon-only"
					aria-label=${t("copy", { what: t("what_notes") })}
					@click=${() => copySecret(this, t("item_notes"), notes)}
				>
					${icon("copy")}
				</button>
			</div>
			<p class="notes">${notes}</p>
		</section>`;
	}

	private dates(item: Entry): TemplateResult {
		return html`<p class="small soft">
			${t("item_made", { date: moment(item.createdAt) })} ·
			${t("item_changed", { date: moment(item.modifiedAt) })}
			${item.trashedAt === undefined ? nothing : html`· ${t("item_in_trash", { date: moment(item.trashedAt) })}`}
		</p>`;
	}

	private history(history: Past[]): TemplateResult | typeof nothing {
		if (history.length === 0) return nothing;
		return html`<details>
			<summary>${t("item_history")}</summary>
			<div class="card lines">${history.map((past, at) => this.past(past, at))}</div>
		</details>`;
	}

	private past(past: Past, at: number): TemplateResult {
		const id = `past-${at}`;
		const field = nameOf(past.field);
		const secret = past.field !== "name" && past.field !== "username" && past.field !== "urls";
		const shown = !secret || this.shown.has(id);
		return html`<div class="line">
			<dl>
				<dt>${t("item_history_until", { field, date: moment(past.until) })}</dt>
				<dd class=${secret ? "mono" : ""}>
					${shown ? html`<span class="value">${past.value}</span>` : html`<span aria-hidden="true">••••••••••</span>`}
				</dd>
			</dl>
			${secret ? this.toggle({ id, what: t("item_old_value", { field }) }, shown) : nothing}
		</div>`;
	}

	private erasing(name: string): TemplateResult {
		if (!this.asksErase) {
			return html`<button
				class="danger"
				@click=${() => {
					this.asksErase = true;
				}}
			>
				${t("item_erase")}
			</button>`;
		}
		return html`<section class="notice wax" aria-labelledby="erase">
			<h2 id="erase">${t("item_erase_title", { name })}</h2>
			<p class="small">${t("item_erase_text")}</p>
			<div class="actions">
				<button
					class="primary"
					@click=${() => {
						this.asksErase = false;
					}}
				>
					${t("item_erase_keep")}
				</button>
				<button class="danger" ?disabled=${this.busy} @click=${this.erase}>${t("item_erase")}</button>
			</div>
		</section>`;
	}

	private async move(
		method: "trash" | "untrash" | "erase",
		said: Key,
		back?: "trash" | "untrash",
	): Promise<void> {
		const id = this.entry;
		const name = this.item?.login.name || t("list_unnamed");
		const moved = await this.attempt(() => call(method, [id]).then(() => true));
		if (!moved) return;
		this.asksErase = false;
		const undo = back ? () => call(back, [id]) : undefined;
		say(this, { text: t(said, { name }), ...(undo ? { undo } : {}) });
		go(this, { view: "vault", place: this.place, open: { pane: "none" } });
	}

	private readonly trash = () => this.move("trash", "item_trashed", "untrash");
	private readonly untrash = () => this.move("untrash", "item_untrashed", "trash");
	private readonly erase = () => this.move("erase", "item_erased");
}
