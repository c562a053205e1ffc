import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { call } from "../../background/client.ts";
import { icon } from "../../ui/icon.ts";
import { count, t } from "../../ui/text.ts";
import type { Row, Rows, Status } from "../../wasm/sigill.js";
import { go } from "../events.ts";
import { ariaShortcut, isShortcut, keycaps, shortcut } from "../keys.ts";
import { Screen } from "../screen.ts";
import { type Copy, copiesOf } from "../vault/copies.ts";
import { rowSheet } from "../vault/list-sheet.ts";
import { inner, told } from "../vault/row.ts";
import { VAULT } from "../view.ts";
import { type Command, commands, matching } from "./commands.ts";
import { paletteSheet } from "./sheet.ts";

/** So many entries are shown; whoever looks for another one types on. */
const SHOWN = 8;
const STRIDE = 8;
const NOTHING: Rows = { total: 0, rows: [] };

/** The letter that copies, as in KeePass where a browser leaves it. */
const LETTERS: Readonly<Record<Copy["what"], string>> = { username: "b", password: "c", code: "o" };

type Option = { readonly row: Row } | { readonly command: Command };

/** Finds entries and commands by what is typed, for the keyboard alone. */
@customElement("sg-palette")
export class Palette extends Screen {
	static override styles = [...Screen.styles, rowSheet, keycaps, paletteSheet];

	@property({ type: Boolean, reflect: true }) accessor popup = false;
	@state() private accessor text = "";
	@state() private accessor entries: Rows = NOTHING;
	/** None while it is closed. */
	@state() private accessor fitting: readonly Command[] = [];
	@state() private accessor active = 0;
	private asked = 0;
	private searching: Promise<void> = Promise.resolve();

	private get dialog(): HTMLDialogElement | null {
		return this.renderRoot.querySelector("dialog");
	}

	private get options(): Option[] {
		return [...this.entries.rows.map((row) => ({ row })), ...this.fitting.map((command) => ({ command }))];
	}

	/** Opens, or closes what is open. The entries are not asked for before something is typed. */
	async toggle(): Promise<void> {
		await this.updateComplete;
		if (this.dialog?.open) return this.close();
		this.fitting = commands(this.status, this.popup);
		this.dialog?.showModal();
	}

	close(): void {
		this.dialog?.close();
	}

	/** What stood in it goes with it. */
	private readonly closed = (): void => {
		this.asked += 1;
		this.text = "";
		this.entries = NOTHING;
		this.fitting = [];
		this.active = 0;
		this.failure = undefined;
	};

	protected override willUpdate(changed: PropertyValues): void {
		const before = changed.get("status") as Status | undefined;
		if (before && before.vault.state !== this.status.vault.state) this.close();
	}

	protected override updated(): void {
		this.renderRoot.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
	}

	override render(): TemplateResult {
		const { options } = this;
		const chosen = options[this.active];
		return html`<dialog aria-label=${t("palette_title")} @close=${this.closed} @click=${this.beside}>
			<div class="field">
				${icon("search")}
				<input
					type="text"
					role="combobox"
					autocomplete="off"
					autocapitalize="none"
					spellcheck="false"
					aria-label=${t("palette_field")}
					placeholder=${t("palette_field")}
					aria-autocomplete="list"
					aria-expanded=${options.length > 0}
					aria-controls="found"
					aria-activedescendant=${chosen ? `option-${this.active}` : nothing}
					.value=${live(this.text)}
					@input=${this.typed}
					@keydown=${this.pressed}
				/>
				<button class="icon-only" aria-label=${t("close")} title=${t("close")} @click=${this.close}>
					${icon("close")}
				</button>
			</div>
			<div id="found" role="listbox" tabindex="-1" aria-label=${t("palette_title")}>${this.groups()}</div>
			${this.remark(options)}
			${chosen && "row" in chosen ? this.copying(chosen.row) : nothing}
		</dialog>`;
	}

	private groups(): TemplateResult {
		const { rows } = this.entries;
		const entries = rows.map((row, at) => this.option(at, told(row), "entry", inner(row)));
		const others = this.fitting.map(({ name, picture }, at) =>
			this.option(rows.length + at, name, "command", html`${icon(picture)}<span>${name}</span>`),
		);
		return html`${group("entries", t("palette_entries"), entries)}${group("commands", t("palette_commands"), others)}`;
	}

	private option(at: number, name: string, kind: string, content: TemplateResult): TemplateResult {
		return html`<div
			id="option-${at}"
			class=${kind}
			role="option"
			aria-label=${name}
			aria-selected=${at === this.active}
			@click=${() => this.choose(this.options[at])}
		>
			${content}
		</div>`;
	}

	/** How much was found, read out; what is not shown, and what went wrong. */
	private remark(options: readonly Option[]): TemplateResult {
		const { total, rows } = this.entries;
		const more = total - rows.length;
		const said =
			options.length === 0 ? t("search_none", { text: this.text }) : count("palette_found", options.length);
		return html`<div class="remark"><p class=${options.length === 0 ? "none" : "visually-hidden"} role="status">
				${this.text === "" ? nothing : said}
			</p>
			${more > 0 ? html`<p class="small soft more">${count("palette_more", more)}</p>` : nothing}
			${this.failure ? html`<p class="none" role="alert">${this.failure}</p>` : nothing}</div>`;
	}

	private copying(row: Row): TemplateResult | typeof nothing {
		const copies = copiesOf(row);
		if (copies.length === 0) return nothing;
		return html`<footer>
			${copies.map((copy) => {
				const letter = LETTERS[copy.what];
				return html`<button
					aria-label=${t("copy", { what: t(copy.name) })}
					aria-keyshortcuts=${ariaShortcut(letter)}
					@click=${() => this.copy(copy, row)}
				>
					${icon("copy")}<span>${t(copy.said)}</span><kbd>${shortcut(letter)}</kbd>
				</button>`;
			})}
		</footer>`;
	}

	private typed(event: Event & { currentTarget: HTMLInputElement }): void {
		this.text = event.currentTarget.value;
		this.searching = this.search(this.text.trim());
	}

	/** What was found before stays until the answer is there. */
	private async search(text: string): Promise<void> {
		this.asked += 1;
		const mine = this.asked;
		this.failure = undefined;
		let entries = NOTHING;
		try {
			if (text !== "" && this.status.vault.state === "open") entries = await found(text);
		} catch (thrown) {
			if (mine === this.asked) await this.failed(thrown);
		}
		if (mine !== this.asked) return;
		this.entries = entries;
		this.fitting = matching(commands(this.status, this.popup), text);
		this.active = 0;
	}

	private pressed(event: KeyboardEvent & { currentTarget: HTMLInputElement }): void {
		if (event.isComposing) return;
		const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: STRIDE, PageUp: -STRIDE };
		const step = steps[event.key];
		if (step !== undefined) this.walk(step);
		else if (event.key === "Enter") void this.enter();
		else if (!this.copied(event)) return;
		event.preventDefault();
	}

	/** A step goes round; a stride ends at the ends. */
	private walk(step: number): void {
		const { length } = this.options;
		if (length === 0) return;
		const next = this.active + step;
		this.active = Math.abs(step) === 1 ? (next + length) % length : Math.min(Math.max(next, 0), length - 1);
	}

	/** What is typed quickly has its answer before it is acted on. */
	private async enter(): Promise<void> {
		await this.searching;
		this.choose(this.options[this.active]);
	}

	private choose(option: Option | undefined): void {
		if (!option) return;
		this.close();
		if ("command" in option) void option.command.run(this);
		else go(this, { ...VAULT, open: { pane: "item", id: option.row.id } });
	}

	/** Whether the keys copied something. Text that is marked is what they copy else. */
	private copied(event: KeyboardEvent & { currentTarget: HTMLInputElement }): boolean {
		const { selectionStart, selectionEnd } = event.currentTarget;
		const option = this.options[this.active];
		if (!option || !("row" in option) || selectionStart !== selectionEnd) return false;
		const copy = copiesOf(option.row).find(({ what }) => isShortcut(event, LETTERS[what]));
		if (copy) this.copy(copy, option.row);
		return copy !== undefined;
	}

	private copy(copy: Copy, row: Row): void {
		this.close();
		void copy.run(this, row);
	}

	/** A press beside it closes it, as escape does. */
	private readonly beside = (event: Event): void => {
		if (event.target === this.dialog) this.close();
	};
}

function group(
	id: string,
	name: string,
	options: readonly TemplateResult[],
): TemplateResult | typeof nothing {
	if (options.length === 0) return nothing;
	return html`<div role="group" aria-labelledby=${id}>
		<h3 id=${id} role="presentation">${name}</h3>
		${options}
	</div>`;
}

async function found(text: string): Promise<Rows> {
	return JSON.parse(await call("list", { text, scope: { of: "all" }, from: 0, count: SHOWN }));
}
