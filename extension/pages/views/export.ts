import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { option, problem, secretField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { count, t, textOf } from "../../ui/text.ts";
import type { Lost } from "../../wasm/transfer/sigill_transfer.js";
import { dated, download } from "../backup-file.ts";
import { Deriving } from "../deriving.ts";
import { go } from "../events.ts";
import { ABOUT, FORMATS, type Format, items, type Leaving, losses, write } from "../export-file.ts";
import { failedWith, failureText } from "../failure.ts";
import { helpLink } from "../help/link.ts";
import { fileList } from "../missing-files.ts";
import { NewPassword, newPasswordSheet } from "../new-password.ts";
import { Screen } from "../screen.ts";
import { Underway } from "../underway.ts";
import { isField, partName } from "../vault/kinds.ts";

type Step =
	| { readonly step: "choose" }
	| { readonly step: "working" }
	| { readonly step: "review"; readonly lost: Lost }
	| { readonly step: "done"; readonly file: string };

/** Entries for another program: the format, the master password again, what it can't carry, the file. */
@customElement("sg-export")
export class Export extends Screen {
	static override styles = [
		...Screen.styles,
		newPasswordSheet,
		css`
			.lost {
				columns: 2 14rem;
			}
			.lost li {
				break-inside: avoid;
			}
		`,
	];

	private readonly deriving = new Deriving(this);
	private readonly chosen = new NewPassword(this, () => [], {
		label: "export_password",
		hint: "export_password_hint",
		again: "export_password_again",
		missing: "export_password_missing",
		differs: "export_password_differs",
		what: "what_file_password",
	});
	@state() private accessor at: Step = { step: "choose" };
	@state() private accessor format: Format = "kdbx";
	@state() private accessor master = "";
	@state() private accessor tried = false;
	@state() private accessor wrong: string | undefined;
	private readonly underway = new Underway(this);
	private leaving: Leaving | undefined;

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.forget();
	}

	private forget(): void {
		this.master = "";
		this.leaving?.entries.fill(0);
		this.leaving = undefined;
		this.chosen.forget();
	}

	override render(): TemplateResult {
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t("export_title")}</h1>
				<p class="soft">${t("export_text")}</p>
				<p>${helpLink("files")}</p>
			</div>
			${this.body()}
		</div>`;
	}

	private body(): TemplateResult {
		switch (this.at.step) {
			case "choose":
				return this.choose();
			case "working":
				return html`${this.underway.render()}`;
			case "review":
				return this.review(this.at.lost);
			case "done":
				return this.done(this.at.file);
		}
	}

	private choose(): TemplateResult {
		return html`<form class="stack" @submit=${this.look} novalidate>
			<fieldset ?disabled=${this.busy}>
				<legend>${t("export_format")}</legend>
				<div class="card stack tight">${FORMATS.map((format) => this.formatOf(format))}</div>
			</fieldset>
			${this.warning()}
			${secretField(
				{
					id: "master",
					label: t("export_master"),
					hint: t("export_master_hint"),
					value: this.master,
					autocomplete: "current-password",
					disabled: this.busy,
					input: (value) => {
						this.master = value;
						this.wrong = undefined;
					},
					error: this.wrong ?? (this.tried && this.master === "" ? t("unlock_password_missing") : undefined),
				},
				"what_master_password",
			)}
			${problem(this.failure)}
			${
				this.busy
					? this.deriving.render()
					: html`<div class="actions">
							<button class="primary" type="submit">${t("export_continue")}</button>
							<button type="button" @click=${() => go(this, { view: "settings" })}>${t("cancel")}</button>
						</div>`
			}
		</form>`;
	}

	private formatOf(format: Format): TemplateResult {
		return option({
			id: `about-${format}`,
			of: "format",
			label: t(`export_${format}`),
			hint: t(`export_${format}_text`),
			checked: format === this.format,
			pick: () => {
				this.format = format;
			},
		});
	}

	private warning(): TemplateResult | typeof nothing {
		if (ABOUT[this.format].sealed) return nothing;
		return html`<section class="notice wax" role="status">
			<h2 class="marked">${icon("warn")}<span>${t("export_warning_title")}</span></h2>
			<p class="small">${t("export_warning")}</p>
		</section>`;
	}

	/** Nobody gets further without the master password: the session hands nothing out. */
	private async look(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		if (this.master === "") return;
		const lost = await this.attempt(async () => {
			const root = await this.deriving.root(await call("derivation"), this.master);
			const { format } = this;
			this.at = { step: "working" };
			return this.underway.run(t("export_looking"), async (going) => {
				this.leaving = await items(root, format, going);
				return losses(this.leaving, format);
			});
		});
		this.master = "";
		this.tried = false;
		if (!this.isConnected) this.forget();
		await this.turn(lost ? { step: "review", lost } : { step: "choose" });
	}

	private review(lost: Lost): TemplateResult {
		return html`<form class="stack" @submit=${this.save} novalidate>
			<h2 tabindex="-1">${t("export_review", { entries: count("entries", lost.written) })}</h2>
			${this.along()}
			${lost.parts.length === 0 && this.leaving?.missing.length === 0 ? html`<p>${t("export_nothing_lost")}</p>` : nothing}
			${lost.parts.length === 0 ? nothing : cannotCarry(lost)}
			${this.warning()} ${ABOUT[this.format].sealed ? this.chosen.fields(this.busy) : nothing}
			${ABOUT[this.format].sealed ? this.chosen.weakness() : nothing} ${problem(this.failure)}
			<div class="actions">
				<button class="primary" type="submit">${t("export_do")}</button>
				<button type="button" @click=${this.restart}>${t("export_other")}</button>
			</div>
		</form>`;
	}

	/** What goes along beside the entries, and what of them does not. */
	private along(): TemplateResult {
		const { files = [], missing = [], unread = 0 } = this.leaving ?? {};
		const carried = ABOUT[this.format].files && files.length > 0;
		return html`${carried ? html`<p>${count("export_files", files.length)}</p>` : nothing}
			${fileList("export_missing", missing)}
			${unread > 0 ? html`<p class="notice amber">${count("export_unread", unread)}</p>` : nothing}`;
	}

	private readonly restart = async (): Promise<void> => {
		this.forget();
		await this.turn({ step: "choose" });
	};

	private async save(event: Event): Promise<void> {
		event.preventDefault();
		const before = this.at;
		const { leaving, format } = this;
		if (!leaving || (ABOUT[format].sealed && !this.chosen.check())) return;
		const password = ABOUT[format].sealed ? this.chosen.password : undefined;
		this.at = { step: "working" };
		const file = await this.attempt(() =>
			this.underway.run(t("export_writing"), async (going) => {
				const written = await write(leaving, { format, password }, going);
				going.signal.throwIfAborted();
				return download(written, dated("sigill-export", ABOUT[format].extension));
			}),
		);
		if (file) this.forget();
		await this.turn(file ? { step: "done", file } : before);
	}

	private done(file: string): TemplateResult {
		return html`<section class="notice good" role="status">
				<h2 tabindex="-1">${t("export_done", { file })}</h2>
				<p class="small">${t(ABOUT[this.format].sealed ? "export_done_sealed" : "export_done_clear")}</p>
			</section>
			<div class="actions">
				<button class="primary" @click=${() => go(this, { view: "settings" })}>${t("settings_title")}</button>
			</div>`;
	}

	/** The next step; the keyboard follows to its heading. */
	private async turn(at: Step): Promise<void> {
		this.at = at;
		await this.updateComplete;
		if (at.step !== "choose") this.renderRoot.querySelector<HTMLElement>("h2[tabindex]")?.focus();
	}

	/** What is wrong with the master password is said there. */
	protected override async failed(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "wrong_master_password")) this.wrong = failureText(thrown);
		else await super.failed(thrown);
	}
}

function cannotCarry({ parts }: Lost): TemplateResult {
	return html`<section class="stack tight" aria-labelledby="lost">
		<h3 id="lost">${t("export_lost")}</h3>
		<p class="small soft">${t("export_lost_text")}</p>
		<ul class="lost">
			${parts.map(({ what, items }) => html`<li>${t("export_lost_row", { what: lostName(what), entries: count("entries", items) })}</li>`)}
		</ul>
	</section>`;
}

/** What a format can't carry is a field, or a part that has a text of its own. */
function lostName(what: string): string {
	return isField(what) ? partName(what, undefined) : (textOf(`export_lost_${what}`) ?? what);
}
