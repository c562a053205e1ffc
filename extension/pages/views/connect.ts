import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { changeSettings, makePermanent, makeTemporary, settings } from "../../storage/index.ts";
import { codeField, option, problem, secretField, textField } from "../../ui/field.ts";
import { type Key, language, t } from "../../ui/text.ts";
import type { Connect as Choice, Found } from "../../wasm/sigill.js";
import { refuseMasterPassword } from "../account-password.ts";
import { go, say, stands } from "../events.ts";
import { failedWith } from "../failure.ts";
import { helpLink } from "../help/link.ts";
import { openLostFactor } from "../portal.ts";
import { Screen } from "../screen.ts";
import { VAULT } from "../view.ts";
import "./bringing.ts";
import "./provider.ts";

type Step = "form" | "verify" | "factor" | Exclude<Found, "nothing" | "different" | "sync_is_off">;
type Way = "in" | "up";

/** Signs in or up, verifies the address, and then asks which vault goes on. */
@customElement("sg-connect")
export class Connect extends Screen {
	@state() private accessor step: Step = "form";
	@state() private accessor way: Way = "in";
	@state() private accessor email = "";
	@state() private accessor password = "";
	@state() private accessor deviceName = "";
	@state() private accessor service = "";
	@state() private accessor code = "";
	@state() private accessor tried = false;
	@state() private accessor temporary = false;

	override connectedCallback(): void {
		super.connectedCallback();
		this.deviceName ||= t("connect_device_value");
		this.email ||= this.status.account?.email ?? "";
		void this.knownService();
	}

	private async knownService(): Promise<void> {
		const stored = await settings();
		this.service ||= stored.service;
	}

	override render(): TemplateResult {
		switch (this.step) {
			case "form":
				return this.form();
			case "verify":
				return this.verification();
			case "factor":
				return this.factor();
			case "only_here":
				return this.found("found_here_title", "found_here_text", this.bringing("found_here_do", "upload"));
			case "only_in_cloud":
				return this.found("found_cloud_title", "found_cloud_text", this.choice("found_cloud_do", "download"));
			case "same":
				return this.found("found_same_title", "found_same_text", this.bringing("found_same_do", "merge"));
		}
	}

	private form(): TemplateResult {
		return html`<form class="page" @submit=${this.submit} novalidate>
			<div class="stack tight">
				<h1 tabindex="-1">${t("connect_title")}</h1>
				<p class="soft">${t("connect_nothing_yet")}</p>
				<p>${helpLink("operator")}</p>
			</div>
			<fieldset>
				<legend class="visually-hidden">${t("connect_way")}</legend>
				<div class="choice">${this.wayOf("in", "connect_way_in")}${this.wayOf("up", "connect_way_up")}</div>
			</fieldset>
			${textField(
				{
					id: "email",
					label: t("connect_email"),
					hint: this.way === "up" ? t("connect_email_hint_up") : undefined,
					value: this.email,
					autocomplete: "username",
					first: true,
					input: (value) => {
						this.email = value;
					},
					error: this.tried && this.email.trim() === "" ? t("connect_email_missing") : undefined,
				},
				"email",
			)}
			${secretField(
				{
					id: "password",
					label: t("connect_password"),
					hint: t(this.way === "in" ? "connect_password_hint" : "connect_password_hint_up"),
					value: this.password,
					autocomplete: this.way === "in" ? "current-password" : "new-password",
					input: (value) => {
						this.password = value;
					},
					error: this.tried && this.password === "" ? t("connect_password_missing") : undefined,
				},
				"what_account_password",
			)}
			${textField({
				id: "device",
				label: t("connect_device"),
				hint: t("connect_device_hint"),
				value: this.deviceName,
				input: (value) => {
					this.deviceName = value;
				},
				error: this.tried && this.deviceName.trim() === "" ? t("connect_device_missing") : undefined,
			})}
			${this.shared()}
			<details>
				<summary>${t("connect_service")}</summary>
				${textField(
					{
						id: "service",
						label: t("connect_service"),
						hint: t("connect_service_hint"),
						value: this.service,
						autocomplete: "url",
						input: (value) => {
							this.service = value;
						},
					},
					"url",
				)}
			</details>
			${problem(this.failure)} ${this.waiting()}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${this.busy}>
					${t(this.way === "in" ? "connect_submit_in" : "connect_submit_up")}
				</button>
			</div>
			<sg-provider
				.service=${this.service}
				.deviceName=${this.deviceName}
				@sigill-found=${({ detail }: CustomEvent<Found>) => this.attempt(() => this.met(detail))}
			></sg-provider>
		</form>`;
	}

	/** Neither a vault nor a sealed copy of one, and nothing that waits. */
	private get isEmpty(): boolean {
		const { vault, unfinished } = this.status;
		return vault.state === "none" && vault.restorableUntil === undefined && !unfinished;
	}

	/** Where nothing is here yet, nothing has to stay. */
	private shared(): TemplateResult | typeof nothing {
		if (this.way !== "in" || !this.isEmpty) return nothing;
		return option({
			id: "shared",
			label: t("connect_shared"),
			hint: t("connect_shared_text"),
			checked: this.temporary,
			pick: (temporary) => {
				this.temporary = temporary;
			},
		});
	}

	/** Before a vault lies here it is known whether it may stay. */
	private async keepsOrNot(): Promise<void> {
		if (!this.isEmpty) return;
		const temporary = this.temporary && this.way === "in";
		await (temporary ? makeTemporary() : makePermanent());
	}

	private wayOf(way: Way, name: Key): TemplateResult {
		const pick = () => {
			this.way = way;
			this.failure = undefined;
		};
		return html`<label>
			<input type="radio" name="way" .checked=${this.way === way} @change=${pick} />${t(name)}
		</label>`;
	}

	private waiting(): TemplateResult | typeof nothing {
		if (!this.busy) return nothing;
		return html`<div class="stack tight" role="status">
			<progress aria-label=${t("loading")}></progress>
		</div>`;
	}

	private verification(): TemplateResult {
		return html`<form class="page" @submit=${this.verify} novalidate>
			<h1 tabindex="-1">${t("verify_title")}</h1>
			<p>${t("verify_text", { email: this.email.trim() })}</p>
			${codeField({
				id: "code",
				label: t("verify_code"),
				value: this.code,
				first: true,
				input: (value) => {
					this.code = value;
				},
				error: this.tried && this.code.trim() === "" ? t("verify_code_missing") : this.failure,
			})}
			${this.waiting()}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${this.busy}>${t("verify_submit")}</button>
				<button type="button" ?disabled=${this.busy} @click=${this.resend}>${t("verify_resend")}</button>
			</div>
			<button type="button" class="link" @click=${() => this.turn("form")}>${t("verify_other")}</button>
		</form>`;
	}

	/** Address and password were right; the account's second factor is asked for too. */
	private factor(): TemplateResult {
		return html`<form class="page" @submit=${this.submitFactor} novalidate>
			<h1 tabindex="-1">${t("text_title")}</h1>
			<p>${t("connect_factor_text")}</p>
			${textField({
				id: "factor",
				label: t("connect_factor"),
				value: this.code,
				autocomplete: "one-time-code",
				first: true,
				input: (value) => {
					this.code = value;
				},
				error: this.tried && this.code.trim() === "" ? t("text_missing") : this.failure,
			})}
			${this.waiting()}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${this.busy}>${t("connect_submit_in")}</button>
			</div>
			<button type="button" class="link" @click=${this.noFactor}>${t("portal_lost_factor_link")}</button>
			<button type="button" class="link" @click=${() => this.turn("form")}>${t("verify_other")}</button>
		</form>`;
	}

	private readonly noFactor = () => this.attempt(() => openLostFactor(this.service));

	private async submitFactor(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		if (this.code.trim() === "") return;
		await this.attempt(() => this.signIn());
	}

	private found(title: Key, text: Key, ways: TemplateResult): TemplateResult {
		return html`<div class="page">
			<h1 tabindex="-1">${t(title)}</h1>
			<p>${t(text)}</p>
			${problem(this.failure)} ${this.waiting()} ${ways}
			<button class="link" ?disabled=${this.busy} @click=${this.leaveBoth}>${t("found_neither")}</button>
		</div>`;
	}

	/** A vault goes to an account by its master password; one that belongs to an account already is there. */
	private bringing(name: Key, choice: Choice): TemplateResult {
		const { vault } = this.status;
		const belongs = (vault.state === "open" || vault.state === "locked") && vault.connected;
		if (belongs) return this.choice(name, choice);
		return html`<sg-bringing
			.status=${this.status}
			.name=${name}
			.choice=${choice}
			@sigill-brought=${this.joined}
		></sg-bringing>`;
	}

	private choice(name: Key, choice: Choice): TemplateResult {
		return html`<button class="primary wide" ?disabled=${this.busy} @click=${() => this.choose(choice)}>
			${t(name)}
		</button>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const { password, deviceName } = this;
		if (this.email.trim() === "" || password === "" || deviceName.trim() === "") return;
		await this.attempt(async () => {
			await refuseMasterPassword(this.status, password);
			await changeSettings({ service: this.service.trim() });
			if (this.way === "in") {
				await this.signIn();
				return;
			}
			await call("signUp", this.person());
			await this.turn("verify");
		});
	}

	private person(): { service: string; email: string; password: string; language: string } {
		return {
			service: this.service.trim(),
			email: this.email.trim(),
			password: this.password,
			language: language(),
		};
	}

	private async signIn(): Promise<void> {
		try {
			const found = await call("signIn", {
				...this.person(),
				deviceName: this.deviceName.trim(),
				secondFactor: this.step === "factor" ? this.code : undefined,
			});
			this.password = "";
			await this.met(found);
		} catch (thrown) {
			if (failedWith(thrown, "second_factor_needed")) await this.turn("factor");
			else if (failedWith(thrown, "email_not_verified")) await this.turn("verify");
			else throw thrown;
		}
	}

	private async met(found: Found): Promise<void> {
		await this.keepsOrNot();
		stands(this, await call("status"));
		if (found === "sync_is_off") go(this, VAULT);
		else if (found === "different") go(this, { view: "differs" });
		else if (found === "nothing")
			go(this, { view: this.status.vault.state === "none" ? "create" : "account" });
		else await this.turn(found);
	}

	private async verify(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		if (this.code.trim() === "") return;
		await this.attempt(async () => {
			await call("verify", this.code);
			await this.signIn();
		});
	}

	private async resend(): Promise<void> {
		const sent = await this.attempt(() => call("resendVerification").then(() => true));
		if (sent) say(this, { text: t("verify_resent") });
	}

	private async choose(choice: Choice): Promise<void> {
		const status = await this.attempt(() => call("connect", choice, undefined));
		if (!status) return;
		stands(this, status);
		this.joined();
	}

	private readonly joined = (): void => {
		say(this, { text: t("found_done") });
		go(this, VAULT);
	};

	private async leaveBoth(): Promise<void> {
		const status = await this.attempt(() => call("signOut"));
		if (!status) return;
		stands(this, status);
		say(this, { text: t("account_signed_out") });
		go(this, VAULT);
	}

	private async turn(step: Step): Promise<void> {
		this.step = step;
		this.code = "";
		this.tried = false;
		this.failure = undefined;
		await this.updateComplete;
		await this.focusStart();
	}
}
