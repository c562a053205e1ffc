import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, secretField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { count, type Key, moment, t } from "../../ui/text.ts";
import type { BackupFile, Batch } from "../../wasm/sigill.js";
import type { About } from "../../wasm/transfer/sigill_transfer.js";
import { deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { helpLink } from "../help/link.ts";
import { type Left, type Taken, takeIn } from "../import-take.ts";
import { fileList } from "../missing-files.ts";
import { Screen } from "../screen.ts";
import { kindsOfFiles } from "../transfer.ts";
import { Underway } from "../underway.ts";
import { deedText } from "../vault/bulk.ts";
import { VAULT } from "../view.ts";
import "./import-file.ts";
import type { Going } from "../file-transfer.ts";
import type { Found } from "./import-file.ts";
import { ways } from "./import-formats.ts";
import { contents, type Preview } from "./import-preview.ts";
import { importSheet } from "./import-sheet.ts";
import { backupIn, previewOf, readBackup, refuseTooLarge } from "./import-source.ts";

/** How a backup file is called. */
const BACKUP = ".sigill";

type Locked = Extract<Step, { step: "locked" }>;
type ForeignStep = Extract<Step, { step: "foreign" }>;

type Step =
	| { readonly step: "choose" }
	| { readonly step: "reading" }
	| { readonly step: "locked"; readonly file: File; readonly about: BackupFile }
	| { readonly step: "foreign"; readonly file: File; readonly preview: Preview | undefined }
	| { readonly step: "preview"; readonly preview: Preview }
	| { readonly step: "done"; readonly batch: Batch; readonly left: readonly Left[] };

/** Entries from another program's file or a backup file: seen first, taken in as one batch, undone as one. */
@customElement("sg-import")
export class Import extends Screen {
	static override styles = [...Screen.styles, importSheet];

	@state() private accessor at: Step = { step: "choose" };
	@state() private accessor batches: Batch[] = [];
	@state() private accessor formats: About[] = [];
	@state() private accessor password = "";
	@state() private accessor restore = false;
	private readonly underway = new Underway(this);

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.letGo(undefined);
	}

	/** Lets go of what the step before was read with. */
	private letGo(next: Preview | undefined): void {
		const { at } = this;
		const preview = at.step === "preview" || at.step === "foreign" ? at.preview : undefined;
		if (preview !== next) preview?.close();
	}

	override connectedCallback(): void {
		super.connectedCallback();
		void this.refresh();
		// The page says how to get a file as soon as it knows; that it knows nothing yet keeps nobody.
		kindsOfFiles().then((formats) => {
			this.formats = formats;
		}, console.error);
	}

	private async refresh(): Promise<void> {
		try {
			this.batches = await call("batches");
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	override render(): TemplateResult {
		return html`<div class="page">
			<h1 tabindex="-1">${t("import_title")}</h1>
			${this.body()} ${this.earlier()}
		</div>`;
	}

	private body(): TemplateResult {
		switch (this.at.step) {
			case "choose":
				return this.choose();
			case "reading":
				return this.waiting("import_reading");
			case "locked":
				return this.locked(this.at);
			case "foreign":
				return this.foreign(this.at);
			case "preview":
				return this.preview(this.at.preview);
			case "done":
				return this.done(this.at);
		}
	}

	private choose(): TemplateResult {
		return html`<div class="stack tight">
				<p class="soft">${t("import_text")}</p>
				<p>${helpLink("files")}</p>
			</div>
			<div class="field">
				<label for="file">${t("import_file")}</label>
				<input id="file" type="file" accept=${this.accepted()} data-focus @change=${this.picked} />
			</div>
			${problem(this.failure)} ${ways(this.formats)}`;
	}

	/** Endings of the files that can be read; any while they are not known. */
	private accepted(): string | typeof nothing {
		if (this.formats.length === 0) return nothing;
		const endings = this.formats.flatMap(({ extensions }) => extensions.map((ending) => `.${ending}`));
		return [...new Set([...endings, BACKUP])].join();
	}

	private waiting(key: Key): TemplateResult {
		return html`<div class="stack tight" role="status">
			<progress aria-label=${t(key)}></progress>
			<p>${t(key)}</p>
		</div>`;
	}

	private async picked(event: Event & { currentTarget: HTMLInputElement }): Promise<void> {
		const input = event.currentTarget;
		const file = input.files?.[0];
		input.value = "";
		if (!file) return;
		this.at = { step: "reading" };
		const next = await this.attempt(() => first(file));
		await this.turn(next ?? { step: "choose" });
	}

	/** A file of another program, read by its own element; what it holds is shown below. */
	private foreign(at: ForeignStep): TemplateResult {
		const { file, preview } = at;
		const found = async ({ detail }: Found) => {
			const preview = detail && (await this.attempt(() => previewOf(file, detail.handed, detail.reader)));
			if (this.at.step === "foreign" && this.at.file === file) await this.turn({ ...at, preview });
		};
		const refused = async ({ detail }: CustomEvent<string | undefined>) => {
			await this.turn({ step: "choose" });
			this.failure = detail;
		};
		return html`<sg-import-file .file=${file} .still=${this.busy} @sigill-found=${found} @sigill-refused=${refused}></sg-import-file>
			${
				preview
					? this.preview(preview)
					: html`${problem(this.failure)}
						<div class="actions">
							<button @click=${() => this.turn({ step: "choose" })}>${t("import_other_file")}</button>
						</div>`
			}`;
	}

	/** A backup file waits for the master password that it was made under. */
	private locked({ file, about }: Locked): TemplateResult {
		const date = moment(about.time);
		return html`<form class="stack" @submit=${(event: Event) => this.unlock(event, file)} novalidate>
			<h2 tabindex="-1">${t("import_backup_title")}</h2>
			<p>${t("import_backup_text", { entries: count("entries", about.count), date })}</p>
			${secretField(
				{
					id: "password",
					label: t("import_backup_password"),
					value: this.password,
					autocomplete: "current-password",
					disabled: this.busy,
					input: (value) => {
						this.password = value;
						this.failure = undefined;
					},
					error: this.failure,
				},
				"what_master_password",
			)}
			${
				this.busy
					? deriving()
					: html`<div class="actions">
							<button class="primary" type="submit" ?disabled=${this.password === ""}>${t("import_backup_open")}</button>
							<button type="button" @click=${() => this.turn({ step: "choose" })}>${t("import_other_file")}</button>
						</div>`
			}
		</form>`;
	}

	private async unlock(event: Event, file: File): Promise<void> {
		event.preventDefault();
		const preview = await this.attempt(() => readBackup(file, this.password));
		if (!preview) return;
		this.password = "";
		await this.turn({ step: "preview", preview });
	}

	private preview(preview: Preview): TemplateResult {
		const { bundle, counts } = preview;
		const fresh = counts.new + counts.changed + (this.restore ? counts.trashed : 0);
		return html`<section class="stack" aria-labelledby="holds">
				<h2 id="holds" tabindex="-1">${t("import_preview")}</h2>
				<p class="small soft">${bundle.source}</p>
				${preview.trashed > 0 ? html`<p class="small soft">${count("import_backup_trashed", preview.trashed)}</p>` : nothing}
				${preview.unread > 0 ? html`<p class="small soft">${count("import_unread", preview.unread)}</p>` : nothing}
				${contents(preview)} ${this.fromTrash(counts.trashed)}
			</section>
			${problem(this.failure)} ${this.underway.render()}
			<div class="actions">
				${
					fresh > 0
						? html`<button class="primary" ?disabled=${this.busy} @click=${() => this.take(preview)}>
								${count("import_do", fresh)}
							</button>`
						: html`<p>${t("import_nothing")}</p>`
				}
				<button ?disabled=${this.busy} @click=${() => this.turn({ step: "choose" })}>${t("import_other_file")}</button>
			</div>`;
	}

	/** What lies in the trash does not come a second time; it can come out. */
	private fromTrash(trashed: number): TemplateResult | typeof nothing {
		if (trashed === 0) return nothing;
		const change = (event: Event & { currentTarget: HTMLInputElement }) => {
			this.restore = event.currentTarget.checked;
		};
		return html`<label class="tick">
			<input type="checkbox" .checked=${this.restore} ?disabled=${this.busy} @change=${change} />
			${count("import_restore", trashed)}
		</label>`;
	}

	private async take(preview: Preview): Promise<void> {
		const working = (going: Going) => takeIn(preview, this.restore, going);
		const taken: Taken | undefined = await this.attempt(() =>
			this.underway.run(t("import_working"), working),
		);
		if (!taken) return;
		await this.turn({ step: "done", ...taken });
		stands(this, await call("status"));
		await this.refresh();
	}

	private done({ batch, left }: Extract<Step, { step: "done" }>): TemplateResult {
		return html`<section class="notice good" role="status">
				<h2 class="marked" tabindex="-1">${icon("done")}<span>${count("import_done", batch.count)}</span></h2>
				${batch.source.endsWith(BACKUP) ? nothing : html`<p class="small">${t("import_delete_file")}</p>`}
			</section>
			${fileList("import_not_taken", left)}
			${problem(this.failure)}
			<div class="actions">
				<button class="primary" @click=${() => go(this, VAULT)}>${t("import_to_vault")}</button>
				<button ?disabled=${this.busy} @click=${() => this.undo(batch)}>${icon("undo")}${t("import_undo")}</button>
				<button ?disabled=${this.busy} @click=${() => this.turn({ step: "choose" })}>${t("import_other_file")}</button>
			</div>`;
	}

	private async undo({ id, deed }: Batch): Promise<void> {
		const taken = await this.attempt(() => call("undo", id));
		if (taken === undefined) return;
		say(this, { text: count(deed === "import" ? "import_undone" : "undone", taken) });
		await this.turn({ step: "choose" });
		await this.refresh();
	}

	private earlier(): TemplateResult | typeof nothing {
		const current = this.at.step === "done" ? this.at.batch.id : undefined;
		const batches = this.batches.filter((batch) => batch.id !== current);
		if (batches.length === 0 || this.at.step === "preview" || this.at.step === "foreign") return nothing;
		return html`<section class="stack tight" aria-labelledby="earlier">
			<h2 id="earlier">${t("import_batches")}</h2>
			<ul class="card">
				${batches.map((batch) => this.batch(batch))}
			</ul>
		</section>`;
	}

	private batch(batch: Batch): TemplateResult {
		const what = batchText(batch);
		const name = t("batch_undo_named", { what });
		return html`<li class="batch">
			<div>
				<p>${what}</p>
				${batch.deed === "import" ? html`<p class="hint">${count("entries", batch.count)}</p>` : nothing}
			</div>
			<button ?disabled=${this.busy} aria-label=${name} @click=${() => this.undo(batch)}>
				${icon("undo")}${t(batch.deed === "import" ? "import_undo" : "batch_undo")}
			</button>
		</li>`;
	}

	/** The next step; the keyboard follows to its heading. */
	private async turn(at: Step): Promise<void> {
		this.letGo("preview" in at ? at.preview : undefined);
		if (!("preview" in at)) this.restore = false;
		this.at = at;
		await this.updateComplete;
		const heading = this.renderRoot.querySelector<HTMLElement>("h2[tabindex]");
		if (at.step !== "choose" && heading) heading.focus();
	}
}

/** The first step with a file: nothing of it is read but how it begins. */
async function first(file: File): Promise<Step> {
	await refuseTooLarge(file);
	const about = await backupIn(file);
	return about ? { step: "locked", file, about } : { step: "foreign", file, preview: undefined };
}

function batchText(batch: Batch): string {
	const date = moment(batch.at);
	if (batch.deed === "import") return t("batch_import", { source: batch.source, date });
	return t("batch_act", { what: deedText(batch), date });
}
