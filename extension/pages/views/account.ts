import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { day, moment, t } from "../../ui/text.ts";
import type { Account as Data, Device, SignedIn, Waiting } from "../../wasm/sigill.js";
import { go, say, stands } from "../events.ts";
import { openPortal } from "../portal.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";
import "./held.ts";
import "./untie.ts";

/** The account: who it is, which devices are signed in, and the way out. */
@customElement("sg-account")
export class Account extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.words {
				margin-block: var(--s2);
				display: flex;
				flex-wrap: wrap;
				gap: var(--s2);
			}
			.words li {
				padding: var(--s1) var(--s3);
				border-radius: 2rem;
				background: var(--sunken);
				font: 500 var(--text-s) / 1.5 var(--mono);
			}
			.devices {
				padding-block: var(--s1);
			}
			.device {
				display: flex;
				flex-wrap: wrap;
				gap: var(--s3);
				align-items: center;
				padding-block: var(--s3);
			}
			.device + .device {
				border-block-start: var(--hairline) solid var(--line);
			}
			.device div {
				flex: 1 1 12rem;
				min-inline-size: 0;
			}
			.device svg {
				color: var(--ink-soft);
			}
		`,
	];

	@state() private accessor data: Data | undefined;
	/** What the device is called that was just signed out. */
	@state() private accessor gone: string | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		void this.hear();
		if (this.status.account) void this.load();
		else if (this.status.sync.state === "signed_out") void this.attempt(() => call("knock")); // nothing else asks it
	}

	/** A device that was signed out hears of a hold too; a service that is away is told of elsewhere. */
	private async hear(): Promise<void> {
		const status = await call("hear").catch(() => undefined);
		if (status) stands(this, status);
	}

	private held(): TemplateResult | typeof nothing {
		return this.status.held ? html`<sg-held .status=${this.status}></sg-held>` : nothing;
	}

	private async load(): Promise<void> {
		const data = await this.attempt(() => call("account"));
		if (data) this.data = data;
	}

	override render(): TemplateResult {
		const { account } = this.status;
		return html`<div class="page">${account ? this.signedIn(account) : this.none()}</div>`;
	}

	private none(): TemplateResult {
		if (this.status.sync.state === "signed_out") {
			return html`<h1 tabindex="-1">${t("account_title")}</h1>
				${problem(this.failure)} ${this.held()} ${this.silent()} ${this.signInAgain()}`;
		}
		return html`<h1 tabindex="-1">${t("account_none_title")}</h1>
			<p>${t("account_none_text")}</p>
			<button class="primary" @click=${() => go(this, { view: "connect" })}>${t("welcome_connect")}</button>`;
	}

	private signedIn(account: SignedIn): TemplateResult {
		const out = this.status.sync.state === "signed_out";
		return html`<h1 tabindex="-1">${t("account_title")}</h1>
			${this.held()} ${this.silent()} ${this.data?.waits.map((waits) => this.waiting(waits))}
			<dl class="card stack">
				<div><dt>${t("account_email")}</dt><dd>${account.email}</dd></div>
				<div><dt>${t("account_service")}</dt><dd>${account.service}</dd></div>
				<div>
					<dt>${t("account_words")}</dt>
					<dd>
						<ul class="words" aria-label=${t("account_words")}>
							${account.fingerprint.map((word) => html`<li>${word}</li>`)}
						</ul>
						<p class="hint">${t("account_words_text")}</p>
					</dd>
				</div>
			</dl>
			${this.data?.askAddress ? this.addressQuestion(account.email) : nothing} ${problem(this.failure)}
			<section class="stack tight">
				<p class="small soft">${t("manage_account_text")}</p>
				<button ?disabled=${this.busy} @click=${() => this.attempt(() => openPortal("account"))}>
					${t("manage_account")}${icon("tab")}
				</button>
			</section>
			${out ? this.signInAgain() : this.devices()}
			<button @click=${() => go(this, { view: "timeline" })}>${t("timeline_open")}</button>
			${this.takeBack()}
			<section class="stack tight">
				<p class="small soft">${t("account_sign_out_text")}</p>
				<button ?disabled=${this.busy} @click=${this.signOut}>${t("account_sign_out")}</button>
			</section>`;
	}

	/** What takes seven days, and any device of the account can stop. */
	private waiting({ lost, until }: Waiting): TemplateResult {
		const title = t("portal_wait_title");
		return html`<section class="notice amber" aria-label=${title}>
			<h2>${title}</h2>
			<p>${t(`wait_${lost}_will`, { time: moment(until) })}</p>
			<p class="small">${t("portal_wait_meanwhile")}</p>
			<div class="actions">
				<button class="primary" ?disabled=${this.busy} @click=${() => this.stopWait(lost)}>
					${t("portal_wait_stop")}
				</button>
			</div>
		</section>`;
	}

	private async stopWait(lost: Waiting["lost"]): Promise<void> {
		const data = await this.attempt(() => call("stopWait", lost));
		if (!data) return;
		this.data = data;
		say(this, { text: t("portal_wait_stopped") });
	}

	private addressQuestion(email: string): TemplateResult {
		return html`<section class="stack tight" aria-label=${t("account_email")}>
			<p class="small">${t("address_question", { email })}</p>
			<div class="actions">
				<button ?disabled=${this.busy} @click=${this.addressIsMine}>${t("address_mine")}</button>
				<button ?disabled=${this.busy} @click=${() => this.attempt(() => openPortal("account"))}>
					${t("address_change")}
				</button>
			</div>
		</section>`;
	}

	private readonly addressIsMine = async (): Promise<void> => {
		const data = await this.attempt(() => call("addressIsMine"));
		if (data) this.data = data;
	};

	/** After seven days without a word from the service, or with its account gone, the vault can leave it. */
	private silent(): TemplateResult | typeof nothing {
		const { silent, deleted, vault } = this.status;
		if (vault.state !== "open" || !vault.connected) return nothing;
		if (deleted !== undefined)
			return html`<sg-untie .status=${this.status} how="deleted" .at=${deleted}></sg-untie>`;
		if (silent === undefined) return nothing;
		return html`<sg-untie .status=${this.status} how="silent" .at=${silent}></sg-untie>`;
	}

	/** For 72 hours, as the only device, the master password alone takes connecting back. */
	private takeBack(): TemplateResult | typeof nothing {
		const { vault } = this.status;
		const until = this.data?.takenBackUntil;
		if (until === undefined || vault.state !== "open" || !vault.connected) return nothing;
		return html`<sg-untie .status=${this.status} how="mistaken" .at=${until}></sg-untie>`;
	}

	private signInAgain(): TemplateResult {
		return html`<div class="notice amber">
			<p>${t("sync_signed_out")}</p>
			<div class="actions">
				<button class="primary" @click=${() => go(this, { view: "connect" })}>${t("sync_sign_in")}</button>
			</div>
		</div>`;
	}

	private devices(): TemplateResult {
		return html`<section class="stack tight" aria-labelledby="devices">
			<h2 id="devices">${t("account_devices")}</h2>
			${this.thenChange()}
			<ul class="card devices" aria-labelledby="devices">
				${this.data ? this.data.devices.map((device) => this.device(device)) : html`<li class="device">${t("loading")}</li>`}
			</ul>
			<details>
				<summary>${t("help_sync_lost")}</summary>
				<p class="small soft">${t("portal_devices_lost")}</p>
			</details>
		</section>`;
	}

	/** A device that is gone may be in other hands: what it learned before is not taken back by signing it out. */
	private thenChange(): TemplateResult | typeof nothing {
		const { gone } = this;
		if (gone === undefined) return nothing;
		return html`<div class="notice amber" role="status">
			<p>${t("account_device_then", { name: gone })}</p>
			${
				this.status.vault.state === "open"
					? html`<div class="actions">
							<button class="primary" @click=${() => go(this, { view: "change" })}>${t("settings_master_change")}</button>
						</div>`
					: nothing
			}
		</div>`;
	}

	private device(device: Device): TemplateResult {
		const dates = { since: day(device.knownSince), seen: moment(device.lastSeen) };
		return html`<li class="device">
			${icon("device")}
			<div>
				<p><b>${device.name}</b>${device.this ? html` <span class="soft">· ${t("account_this_device")}</span>` : nothing}</p>
				<p class="hint">${t("account_device_dates", dates)}</p>
			</div>
			${
				device.this
					? nothing
					: html`<button ?disabled=${this.busy} @click=${() => this.signDeviceOut(device)}>
							${t("account_device_sign_out", { name: device.name })}
						</button>`
			}
		</li>`;
	}

	private async signDeviceOut({ id, name }: Device): Promise<void> {
		const data = await this.attempt(() => call("signDeviceOut", id));
		if (!data) return;
		this.data = data;
		this.gone = name;
		say(this, { text: t("account_device_signed_out", { name }) });
	}

	private async signOut(): Promise<void> {
		const status = await this.attempt(() => call("signOut"));
		if (!status) return;
		stands(this, status);
		say(this, { text: t("account_signed_out") });
		go(this, VAULT);
	}
}
