import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { bytes, t } from "../../ui/text.ts";
import type { FileShown, FilesShown } from "../../wasm/sigill.js";
import { say } from "../events.ts";
import { attach, fetchFile, type Going, save } from "../file-transfer.ts";
import { Screen } from "../screen.ts";
import { Underway } from "../underway.ts";
import { itemSheet } from "./item-sheet.ts";

/** What takes longer than this shows how far it is. */
const PATIENCE_MS = 500;

/** The files of an entry: attached, downloaded, removed. */
@customElement("sg-files")
export class Files extends Screen {
	static override styles = [
		...Screen.styles,
		itemSheet,
		css`
			section {
				display: grid;
				gap: var(--s2);
			}
			.over {
				outline: 2px dashed var(--ink-soft);
				outline-offset: var(--s1);
			}
			dt.name {
				color: var(--ink);
				font-size: var(--text-m);
			}
			progress {
				inline-size: 100%;
			}
		`,
	];

	@property({ attribute: false }) accessor entry = "";
	@property({ attribute: false }) accessor readOnly = false;
	private readonly underway = new Underway(this);
	@state() private accessor shown: FilesShown = { files: [], quota: undefined, refused: false };
	@state() private accessor over = false;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("entry") || changed.has("status")) void this.load();
	}

	private async load(): Promise<void> {
		const wanted = this.entry;
		try {
			const shown = await call("files", wanted);
			if (wanted === this.entry) this.shown = shown;
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	override render(): TemplateResult | typeof nothing {
		const { files, quota, refused } = this.shown;
		if (this.readOnly && files.length === 0) return nothing;
		return html`<section
			class=${this.over ? "over" : ""}
			aria-labelledby="files"
			@dragover=${this.drag}
			@dragleave=${() => this.leave()}
			@drop=${this.drop}
		>
			<h2 id="files">${t("item_files")}</h2>
			${files.length === 0 ? nothing : html`<ul class="card lines">${files.map((file) => this.line(file))}</ul>`}
			${quota ? html`<p class="notice small">${t("files_full", { used: bytes(quota.used), limit: bytes(quota.limit) })}</p>` : nothing}
			${refused ? html`<p class="notice small">${t("files_refused")}</p>` : nothing}
			${problem(this.failure)} ${this.underway.render()} ${this.readOnly ? nothing : this.adding()}
		</section>`;
	}

	private line(file: FileShown): TemplateResult {
		const { name } = file;
		return html`<li class="line">
			<dl>
				<dt class="name">${name}</dt>
				<dd class="small soft">${sized(file)}</dd>
			</dl>
			${this.press("download", t("files_download", { name }), () => this.download(file))}
			${this.readOnly ? nothing : this.press("trash", t("files_remove", { name }), () => this.detach(file))}
		</li>`;
	}

	private press(picture: "download" | "trash", name: string, press: () => void): TemplateResult {
		return html`<button class="icon-only" aria-label=${name} title=${name} ?disabled=${this.busy} @click=${press}>
			${icon(picture)}
		</button>`;
	}

	private adding(): TemplateResult {
		return html`<div class="row">
			<button class="quiet" ?disabled=${this.busy} @click=${() => this.picker?.click()}>
				${icon("add")}${t("files_attach")}
			</button>
			<input type="file" hidden multiple aria-label=${t("files_attach")} @change=${this.picked} />
		</div>
		<p class="small soft">${t("files_drop")}</p>`;
	}

	private get picker(): HTMLInputElement | null {
		return this.renderRoot.querySelector("input[type=file]");
	}

	private readonly picked = async (): Promise<void> => {
		const { picker } = this;
		const files = [...(picker?.files ?? [])];
		if (picker) picker.value = "";
		await this.attachAll(files);
	};

	private readonly drag = (event: DragEvent): void => {
		if (this.readOnly || this.busy) return;
		event.preventDefault();
		this.over = true;
	};

	private leave(): void {
		this.over = false;
	}

	private readonly drop = async (event: DragEvent): Promise<void> => {
		event.preventDefault();
		this.over = false;
		if (!this.readOnly) await this.attachAll([...(event.dataTransfer?.files ?? [])]);
	};

	private async attachAll(files: readonly File[]): Promise<void> {
		const item = this.entry;
		for (const file of files) {
			const { name } = file;
			const id = await this.going(t("files_attaching", { name }), (going) => attach(item, file, going));
			if (id === undefined) return;
			say(this, { text: t("files_added", { name }) });
			await this.load();
		}
	}

	private async download({ id, name }: FileShown): Promise<void> {
		const item = this.entry;
		const file = await this.going(t("files_fetching", { name }), (going) => fetchFile(item, id, going));
		if (file) save(file, name);
		await this.load();
	}

	private async detach({ id, name }: FileShown): Promise<void> {
		const item = this.entry;
		if (!(await this.attempt(() => call("detach", item, id).then(() => true)))) return;
		say(this, {
			text: t("files_removed", { name }),
			undo: () => call("reattach", item, id).then(() => t("files_back", { name })),
		});
		await this.load();
	}

	/** Does `work`; shows how far it is where it takes a while, and stops it when asked to. */
	private going<T>(text: string, work: (going: Going) => Promise<T>): Promise<T | undefined> {
		return this.attempt(() => this.underway.run(text, work, PATIENCE_MS));
	}
}

function sized({ size, state }: FileShown): string {
	const shown = bytes(size);
	switch (state) {
		case "here":
			return shown;
		case "waiting":
			return t("files_waiting", { size: shown });
		case "in_cloud":
			return t("files_in_cloud", { size: shown });
	}
}
