import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { type Icon, icon } from "../../ui/icon.ts";
import { type Key, moment, t } from "../../ui/text.ts";
import type { BulkAct, Item as Entry, Past, Scope } from "../../wasm/sigill.js";
import { copyPlain, copySecret } from "../copy.ts";
import { go, say } from "../events.ts";
import "../health/hint.ts";
import { Screen } from "../screen.ts";
import type { Open } from "../view.ts";
import { takeBack } from "./bulk.ts";
import "./code.ts";
import "./files.ts";
import { itemSheet } from "./item-sheet.ts";
import { KINDS, partName, partText } from "./kinds.ts";
import { type Line, linesOf } from "./lines.ts";
import { urlShown } from "./url.ts";

/** An entry, opened. Secrets are dots until shown. */
@customElement("sg-item")
export class Item extends Screen {
	static override styles = [...Screen.styles, itemSheet];

	@property({ attribute: false }) accessor scope: Scope = { of: "all" };
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
		const { name } = item.content;
		return html`<article class="pane" aria-labelledby="title">
			${this.top(name || t("list_unnamed"))} ${problem(this.failure)}
			<sg-hint .status=${this.status} .scope=${this.scope} .entry=${item.id} .readOnly=${this.readOnly}></sg-hint>
			${this.lines(item)}
			<sg-files .status=${this.status} .entry=${item.id} .readOnly=${this.readOnly || item.shelf === "trashed"}></sg-files>
			${this.places(item)} ${this.dates(item)} ${this.history(item.history)}
			${item.shelf === "trashed" ? this.erasing(name) : nothing}
		</article>`;
	}

	private lines(item: Entry): TemplateResult | typeof nothing {
		const lines = [
			...linesOf(item).flatMap((line) => [this.codes(item, line), this.line(line)]),
			...item.passkeys.map(({ rp, userName, createdAt }) =>
				this.plain(t("item_passkey", { rp, date: moment(createdAt) }), [userName || rp]),
			),
			this.plain(t("item_urls"), item.content.urls.map(urlShown)),
		].filter((line) => line !== nothing);
		return lines.length === 0 ? nothing : html`<div class="card lines">${lines}</div>`;
	}

	/** Where the person finds it: folder and tags. */
	private places({ content }: Entry): TemplateResult | typeof nothing {
		const { folder, tags } = content;
		if (folder === "" && tags.length === 0) return nothing;
		return html`<ul class="row chips" aria-label=${t("field_tags")}>
			${folder === "" ? nothing : html`<li class="chip">${icon("folder")}${folder}</li>`}
			${tags.map((tag) => html`<li class="chip">${icon("tag")}${tag}</li>`)}
		</ul>`;
	}

	private codes(item: Entry, { key, value }: Line): TemplateResult | typeof nothing {
		if (!key) return nothing;
		return html`<sg-code
			.status=${this.status}
			.entry=${item.id}
			.at=${key.at}
			.name=${key.name}
			.held=${value}
			.readOnly=${this.readOnly || item.shelf === "trashed"}
		></sg-code>`;
	}

	private plain(label: string, values: (string | TemplateResult)[]): TemplateResult | typeof nothing {
		if (values.length === 0) return nothing;
		return html`<div class="line">
			<dl>
				<dt>${label}</dt>
				${values.map((value) => html`<dd>${value}</dd>`)}
			</dl>
		</div>`;
	}

	private top(name: string): TemplateResult {
		const close: Open = { pane: "none" };
		return html`<header>
			<button
				class="icon-only back"
				aria-label=${t("back")}
				@click=${() => go(this, { view: "vault", scope: this.scope, open: close })}
			>
				${icon("back")}
			</button>
			<div class="named"><h1 id="title" tabindex="-1">${name}</h1>${this.kind()}</div>
			${this.item && !this.readOnly ? this.tools(this.item) : nothing}
		</header>`;
	}

	private kind(): TemplateResult | typeof nothing {
		if (!this.item) return nothing;
		const { picture, name } = KINDS[this.item.content.kind];
		return html`<p class="row small soft kind">${icon(picture)}${t(name)}</p>`;
	}

	private tools(item: Entry): TemplateResult {
		if (item.shelf !== "active") {
			return html`<div class="row">
				<button ?disabled=${this.busy} @click=${this.restore}>${icon("undo")}${t("item_untrash")}</button>
				${item.shelf === "archived" ? this.tool("item_trash", "trash", this.trash) : nothing}
			</div>`;
		}
		const { favourite } = item.content;
		return html`<div class="row">
			<button @click=${() => go(this, { view: "vault", scope: this.scope, open: { pane: "edit", id: item.id } })}>
				${icon("edit")}${t("item_edit")}
			</button>
			${this.tool(favourite ? "item_unmark" : "item_mark", "star", () => this.mark(favourite ? "unmark" : "mark"), favourite)}
			${this.tool("item_archive", "archive", this.archive)} ${this.tool("item_trash", "trash", this.trash)}
		</div>`;
	}

	private tool(name: Key, picture: Icon, press: () => void, is = false): TemplateResult {
		return html`<button
			class="icon-only ${is ? "is" : ""}"
			aria-label=${t(name)}
			title=${t(name)}
			?disabled=${this.busy}
			@click=${press}
		>
			${icon(picture)}
		</button>`;
	}

	private line(line: Line): TemplateResult {
		const shown = !line.secret || this.shown.has(line.id);
		return html`<div class="line ${line.long ? "long" : ""}">
			<dl>
				<dt>${line.label}</dt>
				<dd class=${line.secret ? "mono" : ""}>
					${shown ? html`<span class="value">${line.shown}</span>` : html`<span aria-hidden="true">••••••••••</span>`}
				</dd>
			</dl>
			${line.secret ? this.toggle(line, shown) : nothing}
			<button
				class="icon-only"
				aria-label=${t("copy", { what: line.what })}
				title=${t("copy", { what: line.what })}
				@click=${() => (line.secret || line.id === "notes" ? copySecret : copyPlain)(this, line.said, line.value)}
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

	private dates(item: Entry): TemplateResult {
		const lines = [
			t("item_made", { date: moment(item.createdAt) }),
			t("item_changed", { date: moment(item.modifiedAt) }),
		];
		const shelved = item.shelf === "trashed" ? "item_in_trash" : "item_in_archive";
		if (item.since !== undefined) lines.push(t(shelved, { date: moment(item.since) }));
		if (item.dueAt !== undefined) lines.push(t("item_due", { date: moment(item.dueAt) }));
		return html`<ul class="row small soft dates">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
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
		const field = partName(past.part, past.label);
		const { secret } = past;
		const shown = !secret || this.shown.has(id);
		return html`<div class="line">
			<dl>
				<dt>${t("item_history_until", { field, date: moment(past.until) })}</dt>
				<dd class=${secret ? "mono" : ""}>
					${shown ? html`<span class="value">${partText(past.part, past.shown)}</span>` : html`<span aria-hidden="true">••••••••••</span>`}
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

	/** Elsewhere with it; the list shows what is left. */
	private async move(act: BulkAct["act"] & ("trash" | "archive" | "restore"), said: Key): Promise<void> {
		const name = this.item?.content.name || t("list_unnamed");
		const batch = await this.attempt(() => call("bulk", { ids: [this.entry], act: { act } }));
		if (!batch) return;
		say(this, { text: t(said, { name }), undo: () => takeBack(batch) });
		this.close();
	}

	private close(): void {
		this.asksErase = false;
		go(this, { view: "vault", scope: this.scope, open: { pane: "none" } });
	}

	private async mark(act: "mark" | "unmark"): Promise<void> {
		await this.attempt(() => call("bulk", { ids: [this.entry], act: { act } }));
	}

	private readonly trash = () => this.move("trash", "item_trashed");
	private readonly archive = () => this.move("archive", "item_archived");
	private readonly restore = () => this.move("restore", "item_untrashed");

	private readonly erase = async (): Promise<void> => {
		const name = this.item?.content.name || t("list_unnamed");
		if (!(await this.attempt(() => call("erase", [this.entry]).then(() => true)))) return;
		say(this, { text: t("item_erased", { name }) });
		this.close();
	};
}
