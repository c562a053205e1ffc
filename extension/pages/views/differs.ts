import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { problem, secretField } from "../../ui/field.ts";
import { count, type Key, moment, t } from "../../ui/text.ts";
import type { Differs as Data, Take } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { openDanger } from "../open.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";

/**
 * The cloud holds another vault than this device, or this one under another master password: who did it, what is at
 * stake, and the ways on.
 */
@customElement("sg-differs")
export class Differs extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.sides {
				display: grid;
				grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr));
				gap: var(--s2) var(--s5);
			}
			.sides dd {
				font: 500 var(--text-l) / 1.3 var(--serif);
			}
		`,
	];

	private readonly deriving = new Deriving(this);
	@state() private accessor differs: Data | undefined;
	@state() private accessor password = "";

	override connectedCallback(): void {
		super.connectedCallback();
		void this.load();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
	}

	private readonly load = async (): Promise<void> => {
		this.differs = await this.attempt(() => call("differs"));
		await this.focusStart();
	};

	private get open(): boolean {
		return this.status.vault.state === "open";
	}

	override render(): TemplateResult {
		const { differs } = this;
		if (!differs) return this.waiting();
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t(title(differs))}</h1>
				<p>${this.about(differs)}</p>
			</div>
			${this.sides(differs)} ${this.known(differs)} ${this.unknown(differs.connecting)}
			${
				differs.connecting
					? html`<button class="link" ?disabled=${this.busy} @click=${this.leaveBoth}>${t("found_neither")}</button>`
					: nothing
			}
		</div>`;
	}

	private waiting(): TemplateResult {
		return html`<div class="page">
			<h1 tabindex="-1">${t("paused_cloud_differs_title")}</h1>
			${
				this.failure
					? html`${problem(this.failure)}
							<div class="actions"><button class="primary" @click=${this.load}>${t("again")}</button></div>`
					: html`<p class="soft" role="status">${t("loading")}</p>`
			}
		</div>`;
	}

	private about({ connecting, own, vouched, device, at }: Data): string {
		if (connecting) return t("found_different_text");
		if (own) return t("differs_own");
		return t(vouched ? "differs_changed_text" : "differs_text", {
			device: device ?? t("paused_another_device"),
			time: at === undefined ? t("paused_some_time") : moment(at),
		});
	}

	private sides({ here, inCloud, pending }: Data): TemplateResult {
		return html`<div class="stack tight">
			<dl class="sides card">
				<div><dt>${t("differs_here")}</dt><dd>${count("entries", here)}</dd></div>
				<div><dt>${t("differs_cloud")}</dt><dd>${count("entries", inCloud)}</dd></div>
			</dl>
			${pending > 0 ? html`<p class="small"><b>${count("differs_pending", pending)}</b></p>` : nothing}
		</div>`;
	}

	private known(differs: Data): TemplateResult {
		return html`<form class="card stack" @submit=${(event: Event) => this.take(event, differs)} novalidate>
			<h2>${t(differs.vouched ? "differs_changed_known" : "differs_known")}</h2>
			${secretField(
				{
					id: "password",
					label: t(differs.vouched ? "differs_changed_password" : "differs_password"),
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
			${this.busy ? this.deriving.render() : this.ways(differs)}
		</form>`;
	}

	private ways({ here, vouched }: Data): TemplateResult {
		const none = this.password === "";
		if (vouched && this.open) {
			return html`<div class="stack tight">
				<button class="primary wide" type="submit" value="merged" ?disabled=${none}>
					${t("differs_changed_take")}
				</button>
				<p class="hint">${t("differs_changed_take_text")}</p>
			</div>`;
		}
		return html`<div class="stack tight">
				<button class="primary wide" type="submit" ?disabled=${none}>${t("found_different_cloud")}</button>
				<p class="hint">${t("found_different_cloud_text")}</p>
			</div>
			${
				here > 0 && this.open
					? html`<div class="stack tight">
							<button class="wide" type="submit" value="both" ?disabled=${none}>${t("differs_both")}</button>
							<p class="hint">${t("differs_both_text")}</p>
						</div>`
					: nothing
			}`;
	}

	private unknown(connecting: boolean): TemplateResult {
		if (!this.open) {
			return html`<section class="card stack tight" aria-labelledby="locked">
				<p id="locked">${t("differs_locked")}</p>
				<button class="wide" @click=${() => go(this, { view: "unlock" })}>${t("differs_open")}</button>
			</section>`;
		}
		return html`<section class="card stack tight" aria-labelledby="unknown">
			<h2 id="unknown">${t(connecting ? "differs_unknown_new" : "differs_unknown")}</h2>
			<p class="small soft">${t("found_different_here_text")}</p>
			<button
				class="danger wide"
				?disabled=${this.busy}
				@click=${() => openDanger("replace_cloud", this.status)}
			>
				${t("found_different_here")}
			</button>
		</section>`;
	}

	private async take(event: Event, { derivation }: Data): Promise<void> {
		event.preventDefault();
		const button = event instanceof SubmitEvent ? event.submitter : null;
		const wanted = button?.getAttribute("value");
		const what: Take = wanted === "both" || wanted === "merged" ? wanted : "theirs";
		if (this.password === "") return;
		const came = await this.attempt(async () => {
			const root = await this.deriving.root(derivation, this.password);
			const { lockAfter } = await settings();
			return call("takeOver", what, { root, lockAfter });
		});
		if (came === undefined) return;
		this.password = "";
		stands(this, await call("status"));
		say(this, { text: what === "both" ? count("differs_came", came) : t("found_done") });
		go(this, VAULT);
	}

	private async leaveBoth(): Promise<void> {
		const status = await this.attempt(() => call("signOut"));
		if (!status) return;
		stands(this, status);
		say(this, { text: t("account_signed_out") });
		go(this, VAULT);
	}
}

/** What stands above it all. */
function title({ connecting, vouched }: Data): Key {
	if (connecting) return "found_different_title";
	return vouched ? "paused_master_password_changed_title" : "paused_cloud_differs_title";
}
