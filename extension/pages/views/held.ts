import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { codeField, problem, secretField } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import type { Held as Data, Status } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { failedWith } from "../failure.ts";
import { heldRound, heldTitle, heldWhy } from "../held-text.ts";
import { Screen } from "../screen.ts";

/** What is held: until when, what goes on, how it is lifted, and the right to say no. */
@customElement("sg-held")
export class Held extends Screen {
	@state() private accessor password = "";
	@state() private accessor code: string | undefined;
	private readonly deriving = new Deriving(this);

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
		this.code = undefined;
	}

	override render(): TemplateResult {
		const { held } = this.status;
		if (!held) return html``;
		return html`<section class="notice amber stack" aria-labelledby="held">
			<h2 id="held">${heldTitle(held)}</h2>
			${heldWhy()}
			<div class="stack tight">${heldRound(held)} ${this.lifting(held)}</div>
			${problem(this.failure)} ${held.canVeto ? this.vetoing() : nothing}
		</section>`;
	}

	private lifting({ lifts }: Data): TemplateResult | typeof nothing {
		switch (lifts) {
			case "this_device":
				return this.status.vault.state === "open" ? this.byMaster() : this.openFirst();
			case "factor":
				return this.byFactor();
			case "elsewhere":
				return nothing;
		}
	}

	private openFirst(): TemplateResult {
		return html`<div class="actions">
			<button type="button" @click=${() => go(this, { view: "unlock" })}>${t("differs_open")}</button>
		</div>`;
	}

	private byMaster(): TemplateResult {
		return html`<form class="stack tight" @submit=${this.lift} novalidate>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					value: this.password,
					autocomplete: "current-password",
					disabled: this.busy,
					input: (value) => {
						this.password = value;
					},
				},
				"what_master_password",
			)}
			${
				this.busy
					? this.deriving.render()
					: html`<button type="submit" class="primary" ?disabled=${this.password === ""}>${t("held_lift")}</button>`
			}
		</form>`;
	}

	private byFactor(): TemplateResult {
		const { code } = this;
		return html`<form class="stack tight" @submit=${this.liftByFactor} novalidate>
			${
				code === undefined
					? nothing
					: codeField({
							id: "factor",
							label: t("connect_factor"),
							value: code,
							autocomplete: "one-time-code",
							disabled: this.busy,
							input: (value) => {
								this.code = value;
							},
						})
			}
			<button type="submit" class="primary" ?disabled=${this.busy || code === ""}>${t("held_lift")}</button>
		</form>`;
	}

	private vetoing(): TemplateResult {
		return html`<div class="stack tight">
			<p>${t("held_veto_text")}</p>
			<button type="button" class="danger" ?disabled=${this.busy} @click=${this.veto}>${t("portal_wait_stop")}</button>
		</div>`;
	}

	private readonly lift = async (event: Event): Promise<void> => {
		event.preventDefault();
		const status = await this.attempt(async () => {
			const root = await this.deriving.root(await call("derivation"), this.password);
			return call("liftHold", root);
		});
		this.password = "";
		this.settled(status);
	};

	/** The first time asks for the text message; where there is none, an authenticator's or a backup code will do. */
	private readonly liftByFactor = async (event: Event): Promise<void> => {
		event.preventDefault();
		const status = await this.attempt(() => call("liftHoldByFactor", this.code));
		this.settled(status);
	};

	protected override async failed(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "second_factor_needed")) this.code ??= "";
		else await super.failed(thrown);
	}

	private settled(status: Status | undefined): void {
		if (!status) return;
		stands(this, status);
		if (!status.held) say(this, { text: t("held_lifted") });
	}

	private readonly veto = async (): Promise<void> => {
		const status = await this.attempt(() => call("veto"));
		if (!status) return;
		stands(this, status);
		say(this, { text: t("held_vetoed") });
	};
}
