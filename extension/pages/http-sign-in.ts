import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call, onChanged } from "../background/client.ts";
import { type Asked, type Choice, HTTP_SIGN_IN } from "../background/http-sign-in-port.ts";
import { base, notices } from "../ui/base.ts";
import { buttons } from "../ui/controls.ts";
import { icon } from "../ui/icon.ts";
import { t } from "../ui/text.ts";
import type { Offered } from "../wasm/sigill.js";
import { askedBy, asking, askingSheet, gone } from "./asking-window.ts";
import { Arming } from "./danger/arming.ts";
import { start } from "./start.ts";

/** The browser stops a background that hears nothing for half a minute, and its answer with it. */
const AWAKE_MS = 20_000;

/** A window of its own: says whose server asks, and hands on the login that the person chooses. Closed, the browser asks. */
@customElement("sg-http-sign-in")
export class HttpSignIn extends LitElement {
	static override styles = [base, buttons, notices, askingSheet];

	private readonly arming = new Arming(this);
	private readonly port = chrome.runtime.connect({ name: `${HTTP_SIGN_IN}/${location.hash.slice(1)}` });
	@state() private accessor asked: Asked | undefined;
	/** What is said before this one is given. */
	@state() private accessor cautioned: Offered | undefined;
	@state() private accessor isGone = false;
	private chosen = false;
	private deaf: (() => void) | undefined;
	private timer: ReturnType<typeof setInterval> | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		this.port.onMessage.addListener((asked: Asked) => {
			this.asked = asked;
			void this.shown();
		});
		this.port.onDisconnect.addListener(() => {
			clearInterval(this.timer);
			this.isGone = true;
			void this.shown();
		});
		this.deaf = onChanged(() => void this.look());
		this.timer = setInterval(() => this.port.postMessage({}), AWAKE_MS);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.timer);
		this.deaf?.();
	}

	/** Names of logins aren't shown beside a vault that was locked: the browser asks then. */
	private async look(): Promise<void> {
		if ((await call("status")).vault.state !== "open") close();
	}

	private async shown(): Promise<void> {
		this.arming.begin();
		await this.updateComplete;
		this.renderRoot.querySelector("h1")?.focus();
	}

	override render(): TemplateResult {
		return asking(this.body());
	}

	private body(): TemplateResult {
		const { asked } = this;
		if (this.isGone) return gone(t("http_sign_in_gone_text"));
		if (!asked) return html`<p class="soft" role="status">${t("loading")}</p>`;
		const { host, realm, logins } = asked;
		return html`${askedBy(host)}
			<h1 tabindex="-1">${t("http_sign_in_title")}</h1>
			<p class="soft">${t("http_sign_in_text")}</p>
			${realm === "" ? nothing : html`<p class="small soft">${t("http_sign_in_realm", { realm })}</p>`}
			<ul class="stack tight">${logins.map((login) => html`<li>${this.login(login, host)}</li>`)}</ul>
			<div class="others">
				<button class="wide" @click=${() => close()}>${t("http_sign_in_browser")}</button>
			</div>`;
	}

	private login(login: Offered, host: string): TemplateResult {
		const { caution, detail, name } = login;
		if (caution !== undefined && this.cautioned?.id === login.id) {
			return html`<div class="notice amber stack tight" role="alert">
				<p class="small">${t(`inpage_${caution}`, { host })}</p>
				<div class="row">
					<button ?disabled=${this.idle} @click=${() => this.give(login)}>${t("http_sign_in_anyway")}</button>
				</div>
			</div>`;
		}
		return html`<button class="account" ?disabled=${this.idle} @click=${() => this.press(login)}>
			${icon("key")}<strong>${detail || name || login.host}</strong><span>${name || login.host}</span>
		</button>`;
	}

	/** What was not seen for a moment is not pressed. */
	private get idle(): boolean {
		return this.chosen || !this.arming.armed;
	}

	private press(login: Offered): void {
		if (login.caution === undefined) this.give(login);
		else {
			this.cautioned = login;
			this.arming.begin();
		}
	}

	private give({ id, caution }: Offered): void {
		const choice: Choice = { id, despite: caution };
		this.chosen = true;
		this.requestUpdate();
		this.port.postMessage(choice);
	}
}

void start("sg-http-sign-in", "page_http_sign_in");
