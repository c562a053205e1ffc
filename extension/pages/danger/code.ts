import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call, isFailure } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { type CountKey, count, type Key, t } from "../../ui/text.ts";
import type { Operation, Phase, Typed } from "../../wasm/sigill.js";
import { refuseMasterPassword } from "../account-password.ts";
import { say } from "../events.ts";
import { failedWith } from "../failure.ts";
import { openPortal } from "../portal.ts";
import { Screen } from "../screen.ts";
import { Arming } from "./arming.ts";
import {
	type Asked,
	awaitsText,
	type Desk,
	digits,
	factorStep,
	goOnName,
	mailedStep,
	mailText,
	NOTHING_TYPED,
	type Proof,
	passwordStep,
	proofsNow,
	type Typing,
	textText,
	timeLeft,
	titleOf,
} from "./proofs.ts";
import { dangerSheet } from "./sheet.ts";
import { turn } from "./step.ts";

const SECOND_MS = 1000;

/** The proofs of an act, step by step: the account password, then the codes; and what happens meanwhile. */
@customElement("sg-code")
export class Code extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor operation: Operation | undefined;
	@state() private accessor typing: Typing = NOTHING_TYPED;
	@state() private accessor now = Date.now() / 1000;
	private readonly arming = new Arming(this);
	/** The failure that said how many tries are left. */
	private saidTries: string | undefined;
	private timer: ReturnType<typeof setInterval> | undefined;
	private step = "";

	override connectedCallback(): void {
		super.connectedCallback();
		this.timer = setInterval(() => {
			this.now = Date.now() / 1000;
		}, SECOND_MS);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.timer);
		this.typing = NOTHING_TYPED;
	}

	/** Each step takes its own time to be seen. */
	protected override updated(): void {
		const { asked } = this;
		const step = asked ? [this.operation?.key, ...proofsNow(asked)].join() : "";
		if (step === this.step) return;
		this.step = step;
		if (!asked) return;
		this.arming.begin();
		void this.focusStart();
		if (awaitsText(asked)) void this.sendText();
	}

	private get asked(): Asked | undefined {
		const phase = this.operation?.phase;
		return phase?.phase === "asked" ? phase : undefined;
	}

	override render(): TemplateResult {
		const { operation, asked } = this;
		if (!operation) return html``;
		return html`<div class="page">
			${asked ? this.proofs(operation, asked) : this.under(waitingText(operation.phase))}
		</div>`;
	}

	private under(text: Key): TemplateResult {
		return html`<div class="sheet">
			<h1 tabindex="-1">${t(text)}</h1>
			<div class="stack tight" role="status">
				<progress aria-label=${t(text)}></progress>
				<p class="soft">${t("code_waiting")}</p>
			</div>
			${problem(this.failure)}
			${
				text === "code_requested"
					? html`<div class="actions">
							<button class="primary" ?disabled=${this.busy} @click=${this.cancel}>${t("keep_everything")}</button>
						</div>`
					: nothing
			}
		</div>`;
	}

	private proofs(operation: Operation, phase: Asked): TemplateResult {
		const { act } = operation;
		const proofs = proofsNow(phase);
		const checking = t(proofs[0] === "account_password" ? "password_checking" : "code_proving");
		return html`<form class="sheet" @submit=${this.prove} novalidate>
			<div class="stack tight">
				<p class="act">${icon("warn")}${t(`act_${act.act}`)}</p>
				<h1 tabindex="-1">${t(titleOf(proofs))}</h1>
			</div>
			${proofs.map((proof, at) => this.proof(proof, operation, phase, at === 0))} ${this.state(phase, proofs)}
			${this.busy ? html`<div role="status"><progress aria-label=${checking}></progress></div>` : nothing}
			<div class="actions">
				<button type="button" class="primary" ?disabled=${this.busy} @click=${this.cancel}>${t("keep_everything")}</button>
				<button
					type="submit"
					class="danger ${this.arming.armed ? "" : "arming"}"
					?disabled=${this.busy || !this.arming.armed}
				>
					${goOnName(act, phase)}
				</button>
			</div>
			${this.help(phase, proofs)}
		</form>`;
	}

	private proof(proof: Proof, { act }: Operation, phase: Asked, isFirst: boolean): TemplateResult {
		switch (proof) {
			case "account_password":
				return passwordStep(act, this.desk);
			case "email_code":
				return mailedStep(phase, this.desk, this.now);
			case "text_message_code":
				return factorStep(phase, this.desk, isFirst);
		}
	}

	private get desk(): Desk {
		return {
			typing: this.typing,
			error: this.failure,
			type: (typed) => {
				this.typing = { ...this.typing, ...typed };
				this.failure = undefined;
			},
		};
	}

	/** A wrong proof says how many tries are left before the operation does. */
	private state(phase: Asked, proofs: readonly Proof[]): TemplateResult {
		const isMailed = proofs.includes("email_code");
		const tries = count("code_tries", phase.triesLeft);
		return html`<p class="state">
			${this.failure && this.failure === this.saidTries ? nothing : html`<span>${tries}</span>`}
			${isMailed ? html`<span role="timer">${timeLeft(phase, this.now)}</span>` : nothing}
			${isMailed ? html`<span>${t("code_number", { n: phase.codeNo })}</span>` : nothing}
		</p>`;
	}

	/** What to do where a proof can't be had: another code, or the way round a forgotten password. */
	private help(phase: Asked, proofs: readonly Proof[]): TemplateResult {
		if (proofs[0] === "account_password") {
			return html`<div class="mail">
				<button type="button" class="link" @click=${this.forgot}>${t("password_forgot")}</button>
			</div>`;
		}
		const { factor } = phase;
		return html`${proofs.includes("email_code") ? this.another(mailText(phase), phase.resendAt, this.resend, "code") : nothing}
		${
			factor?.ways.includes("text_message")
				? this.another(textText(factor), factor.resendAt, this.sendText, "text")
				: nothing
		}
		${
			proofs.includes("text_message_code")
				? html`<div class="mail">
						<button type="button" class="link" @click=${this.noFactor}>${t("portal_lost_factor_link")}</button>
					</div>`
				: nothing
		}`;
	}

	/** How far a message is, and the next one. */
	private another(
		stands: string,
		resendAt: number,
		send: () => unknown,
		kind: "code" | "text",
	): TemplateResult {
		const wait = Math.ceil(resendAt - this.now);
		return html`<div class="mail">
			<p role="status">${stands}</p>
			<p>${wait > 0 ? t("code_resend_in", { s: wait }) : t("code_resend_now")}</p>
			<button type="button" ?disabled=${this.busy || wait > 0} @click=${send}>${t(`${kind}_resend`)}</button>
		</div>`;
	}

	private readonly sendText = async (): Promise<void> => {
		const operation = await this.attempt(() => call("sendText"));
		if (operation) turn(this, { step: "operation", operation });
	};

	private readonly noFactor = () => this.attempt(() => openPortal("lost_factor"));

	private readonly forgot = () => this.attempt(() => openPortal("forgotten_password"));

	private async prove(event: Event): Promise<void> {
		event.preventDefault();
		const { asked } = this;
		if (!this.arming.armed || !asked) return;
		const proofs = proofsNow(asked);
		const missing = this.missing(proofs);
		if (missing) {
			this.failure = t(missing);
			this.select();
			return;
		}
		const operation = await this.attempt(() => this.proved(proofs));
		if (!operation) {
			await this.look();
			return;
		}
		this.typing = NOTHING_TYPED;
		turn(this, { step: "operation", operation });
	}

	private missing(proofs: readonly Proof[]): Key | undefined {
		const { password, mailed, texted } = this.typing;
		if (proofs.includes("account_password")) return password === "" ? "connect_password_missing" : undefined;
		if (proofs.includes("email_code") && digits(mailed) !== 8) return "code_short";
		return proofs.includes("text_message_code") && texted.trim() === "" ? "text_missing" : undefined;
	}

	/** Where this device changed since the loss was seen, it is as stale as if another had. */
	private async proved(proofs: readonly Proof[]): Promise<Operation> {
		const { password, mailed, texted } = this.typing;
		const typed: Typed = {
			accountPassword: proofs.includes("account_password") ? password : undefined,
			emailCode: proofs.includes("email_code") ? mailed : undefined,
			textMessageCode: proofs.includes("text_message_code") ? texted : undefined,
		};
		if (typed.accountPassword !== undefined) await refuseMasterPassword(this.status, typed.accountPassword);
		try {
			return await call("prove", typed);
		} catch (thrown) {
			if (!this.operation || !failedWith(thrown, "stale")) throw thrown;
			return { ...this.operation, phase: { phase: "over", how: "stale" } };
		}
	}

	/** The operation as it stands after a refusal. */
	private async look(): Promise<void> {
		const operation = await call("operation").catch(() => undefined);
		if (operation) turn(this, { step: "operation", operation });
		await this.updateComplete;
		this.select();
	}

	private select(): void {
		const input = this.renderRoot.querySelector<HTMLInputElement>("[data-focus]");
		input?.focus();
		input?.select();
	}

	/** A wrong proof says how many tries are left. */
	protected override async failed(thrown: unknown): Promise<void> {
		await super.failed(thrown);
		if (failedWith(thrown, "is_master_password")) this.failure = t("password_is_master");
		if (!isFailure(thrown) || thrown.code !== "proof_rejected" || thrown.triesLeft === undefined) return;
		this.saidTries = count(wrong(this.asked ? proofsNow(this.asked) : []), thrown.triesLeft);
		this.failure = this.saidTries;
	}

	private readonly resend = async (): Promise<void> => {
		const operation = await this.attempt(() => call("resend"));
		if (!operation) return;
		this.typing = NOTHING_TYPED;
		turn(this, { step: "operation", operation });
		if (operation.phase.phase === "asked")
			say(this, { text: t("code_resent", { n: operation.phase.codeNo }) });
		await this.focusStart();
	};

	private async cancel(): Promise<void> {
		const { operation } = this;
		if (!operation) return;
		const after = await this.attempt(async () => {
			try {
				await call("cancel");
			} catch (thrown) {
				if (!failedWith(thrown, "expired", "burnt", "superseded", "cancelled", "not_found")) throw thrown;
			}
			// Another page may have confirmed it meanwhile: what was done is never called cancelled.
			const now = await call("operation");
			return now ?? { ...operation, phase: { phase: "over", how: "cancelled" } as const };
		});
		if (after) turn(this, { step: "operation", operation: after });
	}
}

/** Codes that were typed together were judged together: which was wrong is not said. */
function wrong(proofs: readonly Proof[]): CountKey {
	if (proofs[0] === "account_password") return "password_wrong";
	return proofs.length > 1 ? "codes_wrong" : "code_wrong";
}

function waitingText({ phase }: Phase): Key {
	switch (phase) {
		case "proving":
			return "code_proving";
		case "receipted":
			return "code_receipted";
		case "requested":
		case "asked":
		case "done":
		case "over":
			return "code_requested";
	}
}
