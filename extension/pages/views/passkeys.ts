import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, secretField, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { PasskeySlot, SlotsAct, Status } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { failedWith, failureText } from "../failure.ts";
import { helpLink } from "../help/link.ts";
import { passkeysOf } from "../kept-passkeys.ts";
import { isOwn, type OwnPasskey, Touch } from "../passkey.ts";
import { Screen } from "../screen.ts";
import { touching } from "../touching.ts";

/** As many as can open a vault: `Slots::PASSKEYS`. */
const MOST = 16;

/** What the person is about to do; adding and removing take the master password. */
type Doing =
	| { readonly what: "nothing" }
	| { readonly what: "add" }
	| { readonly what: "rename"; readonly passkey: OwnPasskey }
	| { readonly what: "remove"; readonly passkey: PasskeySlot };

const NOTHING: Doing = { what: "nothing" };

/** The passkeys that open the vault: one more, another name, one less. */
@customElement("sg-passkeys")
export class Passkeys extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			li {
				display: flex;
				flex-wrap: wrap;
				align-items: center;
				justify-content: space-between;
				gap: var(--s2) var(--s4);
				padding-block: var(--s3);
			}
			li + li {
				border-block-start: var(--hairline) solid var(--line);
			}
			.name {
				display: flex;
				flex: 1 1 10rem;
				gap: var(--s2);
				align-items: center;
				overflow-wrap: anywhere;
			}
			/* Both on one line, or both below the name. */
			.ways {
				display: flex;
				gap: var(--s2);
			}
			.card {
				padding-block: var(--s1);
			}
		`,
	];

	private readonly deriving = new Deriving(this);
	private readonly touch = new Touch(this);
	@state() private accessor doing: Doing = NOTHING;
	@state() private accessor name = "";
	@state() private accessor password = "";
	@state() private accessor tried = false;
	@state() private accessor wrong: string | undefined;

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
	}

	override render(): TemplateResult {
		const intro = html`<p class="soft">${t("passkeys_text")}</p>
			<p>${helpLink("codes")}</p>`;
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t("passkeys_title")}</h1>
				${this.doing.what === "nothing" ? intro : nothing}
			</div>
			${this.doing.what === "nothing" ? this.list() : this.form(this.doing)}
		</div>`;
	}

	private list(): TemplateResult {
		const slots = passkeysOf(this.status);
		return html`${
			slots.length === 0
				? html`<p class="notice">${t("passkeys_none")}</p>`
				: html`<ul class="card" aria-label=${t("passkeys_title")}>${slots.map((slot) => this.line(slot))}</ul>`
		}
		<div class="actions">
			<button class="primary" @click=${() => this.begin({ what: "add" }, t("passkeys_name_value"))}>
				${icon("add")}${t("passkeys_add")}
			</button>
			<button @click=${() => go(this, { view: "settings" })}>${t("passkeys_back")}</button>
		</div>`;
	}

	private line(passkey: PasskeySlot): TemplateResult {
		const own = isOwn(passkey);
		const name = passkey.name ?? t("passkeys_elsewhere");
		return html`<li>
			<span class="name">${icon("passkey")}<span>${name}</span></span>
			<span class="ways">
				${
					own
						? html`<button
								aria-label=${t("passkeys_rename_named", { name })}
								@click=${() => this.begin({ what: "rename", passkey }, name)}
							>
								${t("passkeys_rename")}
							</button>`
						: nothing
				}
				<button
					class="danger"
					aria-label=${t("passkeys_remove_named", { name })}
					@click=${() => this.begin({ what: "remove", passkey }, name)}
				>
					${t("passkeys_remove")}
				</button>
			</span>
		</li>`;
	}

	private begin(doing: Doing, name: string): void {
		this.doing = doing;
		this.name = name;
		this.password = "";
		this.tried = false;
		this.failure = undefined;
		this.wrong = undefined;
		void this.focusStart();
	}

	private form(doing: Exclude<Doing, { what: "nothing" }>): TemplateResult {
		const { what } = doing;
		return html`<form class="stack" @submit=${(event: Event) => this.submit(event, doing)} novalidate>
			<h2>${this.heading(doing)}</h2>
			${what === "remove" ? html`<p>${t("passkeys_remove_text")}</p>` : this.nameField()}
			${what === "rename" ? nothing : this.passwordField()} ${problem(this.failure)}
			${this.busy ? this.working() : this.submitRow(what)}
		</form>`;
	}

	private heading(doing: Exclude<Doing, { what: "nothing" }>): string {
		if (doing.what === "add") return t("passkeys_add");
		return t(`passkeys_${doing.what}_named`, { name: doing.passkey.name ?? t("passkeys_elsewhere") });
	}

	private working(): TemplateResult {
		return this.touch.waits ? touching(this.touch.cancel) : this.deriving.render();
	}

	private nameField(): TemplateResult {
		return textField({
			id: "name",
			label: t("passkeys_name"),
			hint: t("passkeys_name_hint"),
			value: this.name,
			first: true,
			disabled: this.busy,
			input: (value) => {
				this.name = value;
			},
			error: this.tried && this.name.trim() === "" ? t("passkeys_name_missing") : undefined,
		});
	}

	private passwordField(): TemplateResult {
		return secretField(
			{
				id: "password",
				label: t("unlock_password"),
				hint: t("passkeys_why_password"),
				value: this.password,
				autocomplete: "current-password",
				first: this.doing.what === "remove",
				disabled: this.busy,
				input: (value) => {
					this.password = value;
					this.wrong = undefined;
				},
				error: this.wrong ?? (this.tried && this.password === "" ? t("unlock_password_missing") : undefined),
			},
			"what_master_password",
		);
	}

	private submitRow(what: Exclude<Doing["what"], "nothing">): TemplateResult {
		return html`<div class="actions">
			<button class=${what === "remove" ? "danger" : "primary"} type="submit">
				${t(what === "rename" ? "save" : `passkeys_${what}`)}
			</button>
			<button type="button" @click=${() => this.end()}>${t("cancel")}</button>
		</div>`;
	}

	private end(): void {
		this.doing = NOTHING;
		this.password = "";
		void this.focusStart();
	}

	private async submit(event: Event, doing: Exclude<Doing, { what: "nothing" }>): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const named = doing.what === "remove" || this.name.trim() !== "";
		if (!named || (doing.what !== "rename" && this.password === "")) return;
		const status = await this.attempt(() => this.change(doing));
		if (!status) return;
		stands(this, status);
		say(this, { text: t(`passkeys_${doing.what}_done`) });
		this.end();
	}

	private async change(doing: Exclude<Doing, { what: "nothing" }>): Promise<Status> {
		if (doing.what === "rename") return call("namePasskey", doing.passkey.slot, this.name);
		const root = await this.deriving.root(await call("derivation"), this.password);
		if (doing.what === "remove") {
			return call("changeSlots", { root, act: { act: "remove_passkey", slot: doing.passkey.slot } });
		}
		// An authenticator is not asked for what would not be taken.
		if (passkeysOf(this.status).length >= MOST) throw { code: "too_many_passkeys" };
		if (!(await call("isMasterPassword", root))) throw { code: "wrong_master_password" };
		const { vault } = this.status;
		const known = passkeysOf(this.status).filter(isOwn);
		const touched = await this.touch.make(vault.state === "open" ? vault.name : t("app_name"), known);
		const act: SlotsAct = { act: "add_passkey", passkey: { ...touched, name: this.name } };
		return call("changeSlots", { root, act });
	}

	/** What is wrong with the master password is said there. */
	protected override async failed(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "wrong_master_password")) this.wrong = failureText(thrown);
		else await super.failed(thrown);
	}
}
