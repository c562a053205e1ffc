import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { changeSettings, DEFAULTS, settings, type Settings as Values } from "../../storage/index.ts";
import { problem, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { count, type Key, t } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import { go, say, stands } from "../events.ts";
import { helpLink } from "../help/link.ts";
import { leakRows } from "../leak-rows.ts";
import { masterRows } from "../master-rows.ts";
import { openDanger, type Purpose } from "../open.ts";
import { openPortal } from "../portal.ts";
import { Screen } from "../screen.ts";
import "./site-lists.ts";
import { siteRows } from "../site-rows.ts";
import { syncText } from "../sync-text.ts";
import { settingsSheet } from "./settings-sheet.ts";

const LANGUAGES: readonly [Values["language"], Key][] = [
	["auto", "settings_language_auto"],
	["en", "settings_language_en"],
	["sv", "settings_language_sv"],
];
const THEMES: readonly [Values["theme"], Key][] = [
	["auto", "settings_theme_auto"],
	["light", "settings_theme_light"],
	["dark", "settings_theme_dark"],
];
const LOCKS = [1, 5, 15, 60, 240, 0];
const CLIPBOARD = [10, 30, 60, 120, 0];

/** What a person can set, how sync stands, and the doors to the danger pages. */
@customElement("sg-settings")
export class Settings extends Screen {
	static override styles = [...Screen.styles, settingsSheet];

	@state() private accessor values: Values = DEFAULTS;
	@state() private accessor service = "";

	override connectedCallback(): void {
		super.connectedCallback();
		void settings().then((values) => {
			this.values = values;
			this.service = values.service;
		});
		void this.learn();
	}

	/** What the portal changed since; a service that is away is told of elsewhere. */
	private async learn(): Promise<void> {
		if (!this.status.account) return;
		await call("account").catch(() => undefined);
		stands(this, await call("status"));
	}

	private async set(changes: Partial<Values>): Promise<void> {
		this.values = await changeSettings(changes);
		say(this, { text: t("settings_saved") });
	}

	override render(): TemplateResult {
		return html`<div class="page">
			<h1 tabindex="-1">${t("settings_title")}</h1>
			${this.look()} ${this.safety()} <sg-site-access always></sg-site-access>
			<sg-site-lists></sg-site-lists>
			${siteRows(this.values, (changes) => this.set(changes))}
			${leakRows(this.values, (changes) => this.set(changes))} ${this.account()} ${this.sync()} ${this.danger()}
		</div>`;
	}

	private look(): TemplateResult {
		const { language, theme } = this.values;
		return html`<section class="stack tight" aria-labelledby="look">
			<h2 id="look">${t("settings_look")}</h2>
			<div class="card">
				${choice("settings_language", LANGUAGES.map(named), language, (value) => this.set({ language: value }))}
				${choice("settings_theme", THEMES.map(named), theme, (value) => this.set({ theme: value }))}
			</div>
		</section>`;
	}

	private safety(): TemplateResult {
		const { lockAfter, clipboardSeconds } = this.values;
		const locks = withCurrent(LOCKS, lockAfter).map((n): [number, string] => [n, lockName(n)]);
		const clears = withCurrent(CLIPBOARD, clipboardSeconds).map((n): [number, string] => [n, clearName(n)]);
		return html`<section class="stack tight" aria-labelledby="safety">
			<h2 id="safety">${t("settings_safety")}</h2>
			<div class="card">
				${choice("settings_lock_after", locks, lockAfter, (value) => this.set({ lockAfter: value }))}
				<p class="hint after">${t("settings_lock_next")}</p>
				${choice("settings_clipboard", clears, clipboardSeconds, (value) => this.set({ clipboardSeconds: value }))}
				${masterRows(this, this.status)} ${this.codeRequired()}
			</div>
		</section>`;
	}

	private get connected(): boolean {
		const { vault } = this.status;
		return (vault.state === "open" || vault.state === "locked") && vault.connected;
	}

	private get inCloud(): boolean {
		const { vault } = this.status;
		return this.connected || (vault.state === "none" && vault.inCloud);
	}

	private codeRequired(): TemplateResult {
		const email = this.status.account?.email ?? t("settings_code_address");
		const [name, text] = codeRow(this.status, this.connected);
		return html`<dl class="setting">
			<dt class="label" id="code">${t("settings_code")}</dt>
			<dd><b>${t(name)}</b></dd>
			<dd class="hint">
				${t(text, { email })}
				${
					this.connected
						? nothing
						: html`<button class="link" @click=${() => go(this, { view: "connect" })}>${t("settings_code_connect")}</button>`
				}
			</dd>
		</dl>`;
	}

	private account(): TemplateResult | typeof nothing {
		const { account } = this.status;
		if (!account) return nothing;
		return html`<section class="stack tight" aria-labelledby="account">
			<h2 id="account">${t("settings_account")}</h2>
			<div class="card">
				<dl class="setting">
					<dt class="label">${t("settings_two_factor")}</dt>
					<dd><b>${t(`settings_two_factor_${account.secondFactor}`)}</b></dd>
					<dd class="hint">
						${t("settings_two_factor_text")}
						<button class="link" @click=${this.portal}>${t("settings_two_factor_manage")}</button>
					</dd>
				</dl>
				<div class="setting">
					<p class="small soft">${t("manage_account_text")}</p>
					<button @click=${this.portal}>${t("manage_account")}${icon("tab")}</button>
				</div>
			</div>
		</section>`;
	}

	private readonly portal = () => this.attempt(() => openPortal("account"));

	private sync(): TemplateResult {
		const { state } = this.status.sync;
		return html`<section class="stack tight" aria-labelledby="sync">
			<h2 id="sync">${t("settings_sync")}</h2>
			<div class="card">
				<div class="setting">
					<p role="status">${this.busy ? t("sync_running") : syncText(this.status.sync)}</p>
					${
						state === "on" || state === "offline"
							? html`<button ?disabled=${this.busy} @click=${this.syncNow}>${icon("sync")}${t("sync_now")}</button>`
							: nothing
					}
					${
						state === "signed_out"
							? html`<button @click=${() => go(this, { view: "connect" })}>${t("sync_sign_in")}</button>`
							: nothing
					}
					<div class="wide">${problem(this.failure)}</div>
				</div>
				<p class="hint after">${helpLink("sync")}</p>
				${this.turnSync()}
				<form class="setting" @submit=${this.saveService} novalidate>
					<div class="wide">
						${textField(
							{
								id: "service",
								label: t("settings_service"),
								hint: t("settings_service_text"),
								value: this.service,
								autocomplete: "url",
								input: (value) => {
									this.service = value;
								},
							},
							"url",
						)}
					</div>
					${this.service.trim() === this.values.service ? nothing : html`<button type="submit">${t("save")}</button>`}
				</form>
			</div>
		</section>`;
	}

	/** Sync is a property of this device; both ways are dangerous acts, with their proofs. */
	private turnSync(): TemplateResult | typeof nothing {
		const { account, sync } = this.status;
		if (!account || sync.state === "signed_out") return nothing;
		if (sync.state === "off") return this.turn("turn_sync_on", "sync_turn_on");
		return this.connected ? this.turn("turn_sync_off", "sync_turn_off") : nothing;
	}

	private turn(purpose: "turn_sync_on" | "turn_sync_off", name: Key): TemplateResult {
		return html`<div class="setting">
			<p class="small soft">${t(`act_${purpose}_text`)}</p>
			<button @click=${() => openDanger(purpose, this.status)}>${t(name)}${icon("tab")}</button>
		</div>`;
	}

	private async syncNow(): Promise<void> {
		const status = await this.attempt(() => call("syncNow"));
		if (!status) return;
		stands(this, status);
		if (status.sync.state === "on") say(this, { text: t("sync_done") });
	}

	private async saveService(event: Event): Promise<void> {
		event.preventDefault();
		await this.set({ service: this.service.trim() });
	}

	private danger(): TemplateResult {
		return html`<section class="stack tight" aria-labelledby="danger">
			<h2 id="danger">${t("settings_danger")}</h2>
			<p class="small soft">${t("settings_danger_text")} ${helpLink("confirm")}</p>
			<div class="card danger-list">
				${
					this.status.vault.state === "none"
						? nothing
						: this.door("clear_this_device", "link_clear_this_device")
				}
				${this.inCloud ? this.door("clear_everywhere", "link_clear_everywhere") : nothing}
				${this.connected ? this.door("replace_cloud", "link_replace_cloud") : nothing}
				${this.connected && this.status.account ? this.door("disconnect", "link_disconnect") : nothing}
				${this.door("restore", "restore_link")}
			</div>
		</section>`;
	}

	private door(purpose: Purpose, name: Key): TemplateResult {
		const kind = purpose === "restore" ? "" : "danger";
		return html`<button class=${kind} @click=${() => openDanger(purpose, this.status)}>
			<span>${t(name)}</span>${icon("tab")}
		</button>`;
	}
}

/** What is asked for before something is cleared here, as things stand. */
function codeRow({ account, sync }: Status, connected: boolean): readonly [Key, Key] {
	if (!connected) return ["settings_code_none", "settings_code_none_text"];
	if (account && !account.linked) return ["settings_code_unlinked", "settings_code_unlinked_text"];
	const factor = account?.secondFactor ?? "off";
	if (sync.state === "off") {
		const text = factor === "off" ? "settings_code_off_text" : "settings_code_off_two_factor_text";
		return ["settings_code_off", text];
	}
	return [
		"settings_code_always",
		factor === "strict" ? "settings_code_strict_text" : "settings_code_always_text",
	];
}

/** One of a few. */
function choice<T extends string | number>(
	name: Key,
	options: readonly (readonly [T, string])[],
	value: T,
	picked: (value: T) => void,
): TemplateResult {
	const change = (event: Event & { currentTarget: HTMLSelectElement }) => {
		const option = options[event.currentTarget.selectedIndex];
		if (option) picked(option[0]);
	};
	return html`<div class="setting">
		<label for=${name}>${t(name)}</label>
		<select id=${name} @change=${change}>
			${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
		</select>
	</div>`;
}

function named<T>([value, key]: readonly [T, Key]): [T, string] {
	return [value, t(key)];
}

/** The choices, and what is set even if it is none of them. */
function withCurrent(choices: readonly number[], current: number): readonly number[] {
	return choices.includes(current) ? choices : [current, ...choices];
}

function lockName(n: number): string {
	if (n === 0) return t("settings_lock_never");
	return n < 60 ? count("minutes", n) : count("hours", n / 60);
}

function clearName(n: number): string {
	return n === 0 ? t("settings_clipboard_never") : count("seconds", n);
}
