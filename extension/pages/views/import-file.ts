import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { problem, secretField } from "../../ui/field.ts";
import { type Key, t } from "../../ui/text.ts";
import type { About, Detected, Handed } from "../../wasm/transfer/sigill_transfer.js";
import { failedWith } from "../failure.ts";
import { Screen } from "../screen.ts";
import { Reader } from "../transfer.ts";
import { FIELDS } from "../vault/kinds.ts";
import { formatName } from "./import-formats.ts";

/** A table of no known program; the person says what its columns hold. */
const TABLE = "table";

/** Its files may be opened by a key file. */
const KEEPASS = "keepass";

/** What a column may go into, beside the fields of entries. */
const PLACES: readonly (readonly [string, Key])[] = [
	["", "import_column_nothing"],
	["name", "field_name"],
	["url", "item_urls"],
	["folder", "field_folder"],
	["tags", "field_tags"],
	["custom_text", "import_column_text"],
	["custom_hidden", "import_column_hidden"],
];

/** Places that make no entry by themselves. */
const LOOSE = new Set(["", "folder", "tags"]);

/** What a better password or key file may help. */
const SEALED = ["import_error_needs_password", "import_error_wrong_password", "import_error_key_file"];

type Step = "opening" | "reading" | "sealed" | "columns" | "read" | "refused";

/** What was read of a file, and by whom; none while it is read anew. */
export type Found = CustomEvent<{ readonly handed: Handed; readonly reader: Reader } | undefined>;

/** A file of another password manager: what it seems to be, and what is needed to read it. */
@customElement("sg-import-file")
export class ImportFile extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.columns {
				display: grid;
				gap: var(--s3);
				grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
			}
		`,
	];

	@property({ attribute: false }) accessor file: File | undefined;
	/** What was read is being taken in: it is not read anew. */
	@property({ attribute: false }) accessor still = false;
	@state() private accessor step: Step = "opening";
	@state() private accessor formats: About[] = [];
	@state() private accessor detected: Detected | undefined;
	@state() private accessor format = "";
	@state() private accessor columns: string[] = [];
	@state() private accessor password = "";
	@state() private accessor keyFile: File | undefined;
	private reader: Reader | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		void this.begin();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
		this.keyFile = undefined;
		this.reader?.close();
	}

	private async begin(): Promise<void> {
		const { file } = this;
		if (!file) return;
		const reader = new Reader();
		this.reader = reader;
		const detected = await this.attempt(async () => {
			this.formats = await reader.formats();
			return reader.open(file);
		});
		if (!detected) return this.refuse();
		this.detected = detected;
		this.columns = detected.columns.map(({ target }) => target);
		await this.choose(detected.format);
	}

	private async choose(format: string): Promise<void> {
		this.format = format;
		this.password = "";
		this.keyFile = undefined;
		this.tell(undefined);
		if (format === TABLE) await this.turn("columns");
		else await this.read();
	}

	private async read(): Promise<void> {
		const { reader, format } = this;
		if (!reader || this.busy) return;
		const before = this.step;
		const columns = format === TABLE ? this.columns : [];
		const now = Math.floor(Date.now() / 1000);
		this.step = "reading";
		let needed = false;
		const handed = await this.attempt(async () => {
			try {
				return await reader.read({ format, columns, now }, this.password || undefined, this.keyFile);
			} catch (thrown) {
				needed = failedWith(thrown, ...SEALED);
				if (failedWith(thrown, "import_error_needs_password")) return undefined;
				throw thrown;
			}
		});
		if (handed) {
			this.password = "";
			this.step = "read";
			this.tell(handed);
		} else if (needed) {
			await this.turn("sealed");
		} else if (before === "columns") {
			await this.turn("columns");
		} else {
			await this.refuse();
		}
	}

	private async refuse(): Promise<void> {
		await this.turn("refused");
		if (this.detected) return;
		// Nothing to choose among: the place to pick a file says why.
		this.dispatchEvent(new CustomEvent("sigill-refused", { detail: this.failure }));
	}

	private tell(handed: Handed | undefined): void {
		const { reader } = this;
		const detail = handed && reader && { handed, reader };
		this.dispatchEvent(new CustomEvent("sigill-found", { detail }) satisfies Found);
	}

	override render(): TemplateResult | typeof nothing {
		if (this.step === "opening") return this.waiting();
		return html`<div class="stack">${this.kind()} ${this.body()}</div>`;
	}

	private body(): TemplateResult | typeof nothing {
		switch (this.step) {
			case "opening":
			case "reading":
				return this.waiting();
			case "sealed":
				return this.sealed();
			case "columns":
				return this.mapping();
			case "refused":
				return html`${problem(this.failure)}`;
			case "read":
				return nothing;
		}
	}

	/** Which kind of file it seems to be; the person may know better. */
	private kind(): TemplateResult {
		const choose = (event: Event & { currentTarget: HTMLSelectElement }) =>
			void this.choose(event.currentTarget.value);
		return html`<div class="field">
			<label for="format">${t("import_format")}</label>
			<select id="format" ?disabled=${this.busy || this.still} @change=${choose}>
				${this.formats.map(
					(format) =>
						html`<option value=${format.id} ?selected=${format.id === this.format}>${formatName(format)}</option>`,
				)}
			</select>
		</div>`;
	}

	private waiting(): TemplateResult {
		return html`<div class="stack tight">
			<div class="stack tight" role="status">
				<progress aria-label=${t("import_reading")}></progress>
				<p>${t("import_reading")}</p>
			</div>
			<button type="button" @click=${() => this.dispatchEvent(new CustomEvent("sigill-refused"))}>
				${t("cancel")}
			</button>
		</div>`;
	}

	/** A file under a password of its own. */
	private sealed(): TemplateResult {
		const submit = (event: Event) => {
			event.preventDefault();
			void this.read();
		};
		return html`<form class="stack" @submit=${submit} novalidate>
			<h2 tabindex="-1">${t("import_sealed_title")}</h2>
			${secretField(
				{
					id: "password",
					label: t("import_sealed_password"),
					hint: t("import_sealed_hint"),
					value: this.password,
					first: true,
					input: (value) => {
						this.password = value;
						this.failure = undefined;
					},
					error: this.failure,
				},
				"what_password",
			)}
			${this.format === KEEPASS ? this.keyFileField() : nothing}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${this.password === "" && !this.keyFile}>${t("import_sealed_open")}</button>
			</div>
		</form>`;
	}

	private keyFileField(): TemplateResult {
		const picked = (event: Event & { currentTarget: HTMLInputElement }) => {
			this.keyFile = event.currentTarget.files?.[0];
			this.failure = undefined;
		};
		return html`<div class="field">
			<label for="key-file">${t("import_key_file")}</label>
			<input id="key-file" type="file" aria-describedby="key-file-hint" @change=${picked} />
			<p class="hint" id="key-file-hint">${t("import_key_file_hint")}</p>
		</div>`;
	}

	/** A table of no known program. */
	private mapping(): TemplateResult {
		const makes = this.columns.some((target) => !LOOSE.has(target));
		return html`<section class="stack" aria-labelledby="columns">
			<h2 id="columns" tabindex="-1">${t("import_columns_title")}</h2>
			<p>${t("import_columns_text")}</p>
			<div class="columns">${this.detected?.columns.map(({ name }, at) => this.column(name, at))}</div>
			${problem(this.failure)}
			<div class="actions">
				<button class="primary" ?disabled=${!makes} @click=${() => this.read()}>${t("import_columns_read")}</button>
			</div>
		</section>`;
	}

	private column(name: string, at: number): TemplateResult {
		const options = [...PLACES, ...Object.entries(FIELDS)];
		const put = (event: Event & { currentTarget: HTMLSelectElement }) => {
			this.columns = this.columns.with(at, event.currentTarget.value);
		};
		return html`<div class="field">
			<label for="column-${at}">${name || t("import_column_nameless", { n: at + 1 })}</label>
			<select id="column-${at}" @change=${put}>
				${options.map(
					([target, key]) =>
						html`<option value=${target} ?selected=${target === this.columns[at]}>${t(key)}</option>`,
				)}
			</select>
		</div>`;
	}

	/** The next step; the keyboard follows to its first field or heading. */
	private async turn(step: Step): Promise<void> {
		this.step = step;
		await this.updateComplete;
		const first = this.renderRoot.querySelector<HTMLElement>("[data-focus], h2[tabindex]");
		first?.focus();
	}
}
