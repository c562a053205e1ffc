import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Content, CustomField, FieldKey, Kind, Layout, Scope, Url } from "../../wasm/sigill.js";
import { go, say } from "../events.ts";
import { Screen } from "../screen.ts";
import { address, type Open } from "../view.ts";
import { customField } from "./custom.ts";
import { itemSheet } from "./item-sheet.ts";
import { FIELDS, KINDS } from "./kinds.ts";
import { layoutOf } from "./layouts.ts";
import { nameOf } from "./named.ts";
import type { OtpField } from "./otp-field.ts";
import { shapedField } from "./shaped.ts";
import { NO_URL, urlField } from "./url.ts";

const MAKING = {
	password: { title: "generator_make_password", kinds: ["password", "passphrase"] },
	username: { title: "generator_make_user_name", kinds: ["user_name", "sub_address"] },
} as const;

/** Adds an entry, or changes one. */
@customElement("sg-edit")
export class Edit extends Screen {
	static override styles = [...Screen.styles, itemSheet];

	@property({ attribute: false }) accessor scope: Scope = { of: "all" };
	/** None for a new one. */
	@property({ attribute: false }) accessor entry: string | undefined;
	/** Of a new one; it is asked for where there is none. */
	@property({ attribute: false }) accessor kind: Kind | undefined;
	@state() private accessor content: Content | undefined;
	@state() private accessor layout: Layout | undefined;
	@state() private accessor known: { folders: string[]; tags: string[] } = { folders: [], tags: [] };
	@state() private accessor tags = "";
	@state() private accessor tried = false;
	private heldName = "";

	protected override willUpdate(changed: PropertyValues): void {
		if (!changed.has("entry") && !changed.has("kind") && this.hasUpdated) return;
		this.content = undefined;
		if (this.entry !== undefined) void this.load(this.entry);
		else if (this.kind) void this.begin(this.kind);
	}

	/** A new one begins where the list is: in its folder, with its tag. */
	private async begin(kind: Kind): Promise<void> {
		const { scope } = this;
		await this.fill({
			kind,
			name: "",
			values: [],
			urls: [NO_URL],
			tags: scope.of === "tag" ? [scope.tag] : [],
			folder: scope.of === "folder" ? scope.folder : "",
			fields: [],
			favourite: scope.of === "favourites",
		});
	}

	private async load(id: string): Promise<void> {
		const item = await this.attempt(() => call("item", id));
		if (!item || id !== this.entry) return;
		const { content } = item;
		this.heldName = content.name || t("list_unnamed");
		await this.fill({ ...content, urls: content.urls.length > 0 ? content.urls : [NO_URL] });
	}

	private async fill(content: Content): Promise<void> {
		const found = await this.attempt(() => Promise.all([layoutOf(content.kind), call("facets")]));
		if (!found) return;
		const [layout, facets] = found;
		this.layout = layout;
		this.known = {
			folders: facets.folders.map(({ name }) => name),
			tags: facets.tags.map(({ name }) => name),
		};
		this.tags = content.tags.join(", ");
		this.content = content;
		await this.focusStart();
	}

	private change(changes: Partial<Content>): void {
		if (this.content) this.content = { ...this.content, ...changes };
	}

	override render(): TemplateResult {
		if (this.entry === undefined && !this.kind) return this.choosing();
		const { content, layout } = this;
		if (!content || !layout) return html`<p class="pane soft">${this.failure ?? t("loading")}</p>`;
		return html`<form class="pane" @submit=${this.save} novalidate>
			<header>
				<h1 tabindex="-1">${this.titled(content)}</h1>
			</header>
			${textField({
				id: "name",
				label: t("field_name"),
				value: content.name,
				first: true,
				input: (name) => this.change({ name }),
				hint: layout.urls ? t("edit_name_hint") : undefined,
				error: this.tried && nameOf(content) === "" ? t("edit_name_missing") : undefined,
			})}
			${this.values(content, layout)} ${layout.urls || content.urls.some(({ text }) => text !== "") ? this.urls(content.urls) : nothing}
			${this.fields(content.fields)} ${this.places(content)} ${problem(this.failure)}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${this.busy}>${t("save")}</button>
				<button type="button" @click=${this.leave}>${t("cancel")}</button>
			</div>
		</form>`;
	}

	private titled({ kind }: Content): string {
		if (this.entry !== undefined) return t("edit_title", { name: this.heldName });
		return t("edit_title_kind", { kind: t(KINDS[kind].name) });
	}

	/** A new entry begins with what it is. */
	private choosing(): TemplateResult {
		const kinds = Object.entries(KINDS) as [Kind, (typeof KINDS)[Kind]][];
		const href = (kind: Kind) => address({ view: "vault", scope: this.scope, open: { pane: "new", kind } });
		return html`<div class="pane">
			<header>
				<h1 tabindex="-1">${t("edit_choose_title")}</h1>
			</header>
			<ul class="kinds">
				${kinds.map(
					([kind, { name, picture }]) =>
						html`<li><a class="button wide" href=${href(kind)}>${icon(picture)}${t(name)}</a></li>`,
				)}
			</ul>
			<div class="actions">
				<button type="button" @click=${this.leave}>${t("cancel")}</button>
			</div>
		</div>`;
	}

	/** The kind's fields, and whatever else holds something. */
	private values(content: Content, layout: Layout): TemplateResult[] {
		const text = (field: FieldKey) => content.values.find((value) => value.field === field)?.text ?? "";
		const put = (field: FieldKey, value: string) =>
			this.change({
				values: [...content.values.filter((one) => one.field !== field), { field, text: value }],
			});
		const others = layout.others.filter(({ field }) => content.values.some((value) => value.field === field));
		return [...layout.fields, ...others].map((shaped) => {
			const box = shapedField(shaped, text(shaped.field), (value) => put(shaped.field, value));
			const { field } = shaped;
			return field === "password" || field === "username" ? this.withGenerator(field, box) : box;
		});
	}

	/** The generator beside what it can fill. */
	private withGenerator(field: keyof typeof MAKING, box: TemplateResult): TemplateResult {
		return html`<div class="stack tight">
			${box}
			<div>
				<button type="button" class="quiet" @click=${() => this.make(field)}>
					${icon("dice")}${t(MAKING[field].title)}
				</button>
			</div>
		</div>`;
	}

	private async make(field: keyof typeof MAKING): Promise<void> {
		const { ask } = await import("../generator/dialog.ts");
		const [url = NO_URL] = this.content?.urls ?? [];
		const mail = { address: this.status.account?.email ?? "", tag: url.text };
		const text = await ask(this.renderRoot, { ...MAKING[field], mail });
		if (text === undefined || !this.content) return;
		const others = this.content.values.filter((one) => one.field !== field);
		this.change({ values: [...others, { field, text }] });
		say(this, { text: t("generator_used", { field: t(FIELDS[field]) }) });
	}

	private urls(urls: Url[]): TemplateResult {
		const drop = (at: number) =>
			this.dropButton(t("edit_url_remove", { n: at + 1 }), () =>
				this.change({ urls: urls.toSpliced(at, 1) }),
			);
		return html`<div class="urls">
			${urls.map((url, at) =>
				urlField(
					url,
					at,
					(next) => this.change({ urls: urls.with(at, next) }),
					urls.length > 1 ? drop(at) : nothing,
				),
			)}
			<div>
				<button type="button" class="quiet" @click=${() => this.grow(`#url-${urls.length}`, { urls: [...urls, NO_URL] })}>
					${icon("add")}${t("edit_url_add")}
				</button>
			</div>
		</div>`;
	}

	private dropButton(name: string, drop: () => void): TemplateResult {
		return html`<button type="button" class="icon-only" aria-label=${name} title=${name} @click=${drop}>
			${icon("close")}
		</button>`;
	}

	/** One more of something; the keyboard goes there. */
	private async grow(selector: string, changes: Partial<Content>): Promise<void> {
		this.change(changes);
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
	}

	private fields(fields: CustomField[]): TemplateResult {
		const next: CustomField = { label: "", value: "", kind: "text" };
		const drop = (at: number) => this.change({ fields: fields.toSpliced(at, 1) });
		return html`<div class="stack tight">
			${fields.map((field, at) =>
				customField(
					field,
					at,
					(changes) => this.change({ fields: fields.with(at, { ...field, ...changes }) }),
					this.dropButton(t("edit_field_remove", { n: at + 1 }), () => drop(at)),
				),
			)}
			<div>
				<button
					type="button"
					class="quiet"
					@click=${() => this.grow(`#label-${fields.length}`, { fields: [...fields, next] })}
				>
					${icon("add")}${t("edit_field_add")}
				</button>
			</div>
		</div>`;
	}

	/** Where the person finds it again. */
	private places(content: Content): TemplateResult {
		return html`${textField({
			id: "folder",
			label: t("field_folder"),
			hint: t("edit_folder_hint"),
			value: content.folder,
			list: this.known.folders,
			input: (folder) => this.change({ folder }),
		})}
			${textField({
				id: "tags",
				label: t("field_tags"),
				hint: t("edit_tags_hint"),
				value: this.tags,
				list: this.known.tags,
				input: (tags) => {
					this.tags = tags;
				},
			})}
			<label class="tick">
				<input
					type="checkbox"
					.checked=${content.favourite}
					@change=${(event: Event & { currentTarget: HTMLInputElement }) =>
						this.change({ favourite: event.currentTarget.checked })}
				/>
				${t("edit_favourite")}
			</label>`;
	}

	private async save(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const { content } = this;
		const name = content && nameOf(content);
		if (!content || !name) {
			this.renderRoot.querySelector<HTMLElement>("#name")?.focus();
			return;
		}
		for (const key of this.renderRoot.querySelectorAll<OtpField>("sg-otp")) {
			if (await key.isWrong()) return key.focusStart();
		}
		const written: Content = {
			...content,
			name,
			urls: content.urls.map((url) => ({ ...url, text: url.text.trim() })).filter(({ text }) => text !== ""),
			fields: content.fields.filter((field) => field.label !== "" || field.value !== ""),
			tags: this.tags.split(","),
		};
		const id = await this.attempt(() => call("save", { id: this.entry, content: written }));
		if (id === undefined) return;
		say(this, { text: t("item_saved", { name }) });
		go(this, { view: "vault", scope: this.scope, open: { pane: "item", id } });
	}

	private readonly leave = (): void => {
		const open: Open = this.entry === undefined ? { pane: "none" } : { pane: "item", id: this.entry };
		go(this, { view: "vault", scope: this.scope, open });
	};
}
