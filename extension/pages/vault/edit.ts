import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, secretField, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { CustomField, Login, Place } from "../../wasm/sigill.js";
import { go, say } from "../events.ts";
import { Screen } from "../screen.ts";
import type { Open } from "../view.ts";
import { itemSheet } from "./item-sheet.ts";

const EMPTY: Login = { name: "", username: "", password: "", urls: [""], notes: "", fields: [] };

/** Adds an entry, or changes one. */
@customElement("sg-edit")
export class Edit extends Screen {
	static override styles = [...Screen.styles, itemSheet];

	@property({ attribute: false }) accessor place: Place = "vault";
	/** None for a new one. */
	@property({ attribute: false }) accessor entry: string | undefined;
	@state() private accessor login: Login | undefined;
	@state() private accessor tried = false;
	private heldName = "";

	protected override willUpdate(changed: PropertyValues): void {
		if (!changed.has("entry") && this.login) return;
		if (this.entry === undefined) this.login = EMPTY;
		else void this.load(this.entry);
	}

	private async load(id: string): Promise<void> {
		const item = await this.attempt(() => call("item", id));
		if (!item || id !== this.entry) return;
		const { login } = item;
		this.heldName = login.name || t("list_unnamed");
		this.login = { ...login, urls: login.urls.length > 0 ? login.urls : [""] };
		await this.focusStart();
	}

	private change(changes: Partial<Login>): void {
		if (this.login) this.login = { ...this.login, ...changes };
	}

	override render(): TemplateResult {
		const { login } = this;
		if (!login) return html`<p class="pane soft">${t("loading")}</p>`;
		return html`<form class="pane" @submit=${this.save} novalidate>
			<header>
				<h1 tabindex="-1">${this.entry === undefined ? t("edit_title_new") : t("edit_title", { name: this.heldName })}</h1>
			</header>
			${textField({
				id: "name",
				label: t("field_name"),
				value: login.name,
				first: true,
				input: (name) => this.change({ name }),
				error: this.tried && login.name.trim() === "" ? t("edit_name_missing") : undefined,
			})}
			${textField({
				id: "username",
				label: t("item_username"),
				value: login.username,
				input: (username) => this.change({ username }),
			})}
			${secretField(
				{
					id: "password",
					label: t("item_password"),
					value: login.password,
					autocomplete: "new-password",
					input: (password) => this.change({ password }),
				},
				"what_password",
			)}
			${this.urls(login.urls)} ${this.notes(login.notes)} ${this.fields(login.fields)} ${problem(this.failure)}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${this.busy}>${t("save")}</button>
				<button type="button" @click=${this.leave}>${t("cancel")}</button>
			</div>
		</form>`;
	}

	private urls(urls: string[]): TemplateResult {
		const put = (at: number, url: string) => this.change({ urls: urls.with(at, url) });
		return html`<div class="stack tight">
			${urls.map(
				(url, at) => html`<div class="with-remove">
					${textField(
						{
							id: `url-${at}`,
							label: t("edit_url", { n: at + 1 }),
							value: url,
							autocomplete: "off",
							input: (next) => put(at, next),
						},
						"url",
					)}
					${urls.length > 1 ? this.dropButton(t("edit_url_remove", { n: at + 1 }), () => this.change({ urls: urls.toSpliced(at, 1) })) : nothing}
				</div>`,
			)}
			<div>
				<button type="button" class="quiet" @click=${() => this.grow(`#url-${urls.length}`, { urls: [...urls, ""] })}>
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
	private async grow(selector: string, changes: Partial<Login>): Promise<void> {
		this.change(changes);
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
	}

	private notes(notes: string): TemplateResult {
		return html`<div class="field">
			<label for="notes">${t("item_notes")}</label>
			<textarea
				id="notes"
				.value=${notes}
				spellcheck="false"
				@input=${(event: Event & { currentTarget: HTMLTextAreaElement }) =>
					this.change({ notes: event.currentTarget.value })}
			></textarea>
		</div>`;
	}

	private fields(fields: CustomField[]): TemplateResult {
		const next: CustomField = { label: "", value: "", kind: "text" };
		return html`<div class="stack tight">
			${fields.map((field, at) => this.field(fields, field, at))}
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

	private field(fields: CustomField[], field: CustomField, at: number): TemplateResult {
		const n = at + 1;
		const put = (changes: Partial<CustomField>) =>
			this.change({ fields: fields.with(at, { ...field, ...changes }) });
		return html`<fieldset class="card stack tight">
			<legend class="visually-hidden">${t("edit_field", { n })}</legend>
			<div class="with-remove">
				${textField({
					id: `label-${at}`,
					label: t("edit_field_label", { n }),
					value: field.label,
					input: (label) => put({ label }),
				})}
				${this.dropButton(t("edit_field_remove", { n }), () => this.change({ fields: fields.toSpliced(at, 1) }))}
			</div>
			${textField({
				id: `value-${at}`,
				label: t("edit_field_value", { n }),
				value: field.value,
				input: (value) => put({ value }),
			})}
			<label class="tick">
				<input
					type="checkbox"
					.checked=${field.kind === "hidden"}
					@change=${(event: Event & { currentTarget: HTMLInputElement }) =>
						put({ kind: event.currentTarget.checked ? "hidden" : "text" })}
				/>
				${t("edit_field_hidden", { n })}
			</label>
		</fieldset>`;
	}

	private async save(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const { login } = this;
		if (!login || login.name.trim() === "") {
			this.renderRoot.querySelector<HTMLElement>("#name")?.focus();
			return;
		}
		const urls = login.urls.map((url) => url.trim()).filter((url) => url !== "");
		const fields = login.fields.filter((field) => field.label !== "" || field.value !== "");
		const id = await this.attempt(() =>
			call("save", { id: this.entry, login: { ...login, name: login.name.trim(), urls, fields } }),
		);
		if (id === undefined) return;
		say(this, { text: t("item_saved", { name: login.name.trim() }) });
		go(this, { view: "vault", place: this.place, open: { pane: "item", id } });
	}

	private readonly leave = (): void => {
		const open: Open = this.entry === undefined ? { pane: "none" } : { pane: "item", id: this.entry };
		go(this, { view: "vault", place: this.place, open });
	};
}
