import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call, isFailure } from "../../background/client.ts";
import { codeField, problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { clock, count, type Key, pieces, t } from "../../ui/text.ts";
import type { Operation, Phase } from "../../wasm/sigill.js";
import { say } from "../events.ts";
import { failedWith } from "../failure.ts";
import { Screen } from "../screen.ts";
import { Arming } from "./arming.ts";
import { dangerSheet } from "./sheet.ts";
import { turn } from "./step.ts";

type Asked = Extract<Phase, { phase: "asked" }>;

const SECOND_MS = 1000;

/** The code from the mail: four words to compare, eight digits to type, and what happens meanwhile. */
@customElement("sg-code")
export class Code extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor operation: Operation | undefined;
	@state() private accessor code = "";
	@state() private accessor now = Date.now() / 1000;
	private readonly arming = new Arming(this);
	private timer: ReturnType<typeof setInterval> | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		this.timer = setInterval(() => {
			this.now = Date.now() / 1000;
		}, SECOND_MS);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.timer);
	}

	protected override updated(changed: PropertyValues): void {
		const before: unknown = changed.get("operation");
		if (phaseOf(before) !== "asked" && this.operation?.phase.phase === "asked") void this.focusStart();
	}

	override render(): TemplateResult {
		const { operation } = this;
		if (!operation) return html``;
		const { phase } = operation;
		const body = phase.phase === "asked" ? this.asked(operation, phase) : this.under(waitingText(phase));
		return html`<div class="page">${body}</div>`;
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

	private asked({ act }: Operation, phase: Asked): TemplateResult {
		return html`<form class="sheet" @submit=${this.prove} novalidate>
			<div class="stack tight">
				<p class="act">${icon("warn")}${t(`act_${act.act}`)}</p>
				<h1 tabindex="-1">${t("code_title")}</h1>
			</div>
			<p>${this.mailed(phase)}</p>
			<div class="stack tight">
				<h2 class="label" id="words">${t("code_words")}</h2>
				<ul class="words" aria-labelledby="words">
					${phase.reference.map((word) => html`<li>${word}</li>`)}
				</ul>
			</div>
			<div class="stack tight">
				${codeField({
					id: "code",
					label: t("code_label"),
					value: this.code,
					first: true,
					input: (value) => {
						this.code = value;
						this.failure = undefined;
					},
					error: this.failure ?? this.old(phase),
				})}
				<p class="state">
					<span>${count("code_tries", phase.triesLeft)}</span>
					<span role="timer">${this.left(phase)}</span>
					<span>${t("code_number", { n: phase.codeNo })}</span>
				</p>
			</div>
			${this.busy ? html`<div role="status"><progress aria-label=${t("code_proving")}></progress></div>` : nothing}
			<div class="actions">
				<button type="button" class="primary" ?disabled=${this.busy} @click=${this.cancel}>${t("keep_everything")}</button>
				<button
					type="submit"
					class="danger ${this.arming.armed ? "" : "arming"}"
					?disabled=${this.busy || !this.arming.armed}
				>
					${t(`act_${act.act}`)}
				</button>
			</div>
			${this.mail(phase)}
		</form>`;
	}

	private mailed({ mailHint, reference, codeUntil, mail }: Asked): (string | TemplateResult)[] {
		const key = mail === "handed_over" && codeUntil !== undefined ? "code_mailed" : "code_queued";
		const time = codeUntil === undefined ? "" : clock(codeUntil);
		return pieces<TemplateResult>(key, {
			hint: html`<em>${mailHint}</em>`,
			reference: html`<em>${reference.join(" ")}</em>`,
			time: html`<em>${time}</em>`,
		});
	}

	private old({ codeUntil }: Asked): string | undefined {
		return codeUntil !== undefined && codeUntil <= this.now ? t("code_old") : undefined;
	}

	private left({ codeUntil, expiresAt }: Asked): string | typeof nothing {
		const left = Math.floor((codeUntil ?? expiresAt) - this.now);
		if (left <= 0) return nothing;
		return t("code_left", { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` });
	}

	/** How far the mail is, and another code. */
	private mail(phase: Asked): TemplateResult {
		const wait = Math.ceil(phase.resendAt - this.now);
		return html`<div class="mail">
			<p role="status">${mailText(phase)}</p>
			<div class="row between">
				<p>${wait > 0 ? t("code_resend_in", { s: wait }) : t("code_resend_now")}</p>
				<button type="button" ?disabled=${this.busy || wait > 0} @click=${this.resend}>${t("code_resend")}</button>
			</div>
		</div>`;
	}

	private async prove(event: Event): Promise<void> {
		event.preventDefault();
		if (!this.arming.armed) return;
		if (digits(this.code) !== 8) {
			this.failure = t("code_short");
			this.select();
			return;
		}
		const done = await this.attempt(() => this.proved());
		if (done) {
			turn(this, { step: "operation", operation: done });
			return;
		}
		await this.look();
	}

	/** Where this device changed since the loss was seen, it is as stale as if another had. */
	private async proved(): Promise<Operation> {
		try {
			return await call("prove", this.code);
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
		const input = this.renderRoot.querySelector<HTMLInputElement>("#code");
		input?.focus();
		input?.select();
	}

	/** A wrong code says how many tries are left. */
	protected override async failed(thrown: unknown): Promise<void> {
		await super.failed(thrown);
		if (isFailure(thrown) && thrown.code === "proof_rejected" && thrown.triesLeft !== undefined) {
			this.failure = count("code_wrong", thrown.triesLeft);
		}
	}

	private async resend(): Promise<void> {
		const operation = await this.attempt(() => call("resend"));
		if (!operation) return;
		this.code = "";
		turn(this, { step: "operation", operation });
		if (operation.phase.phase === "asked")
			say(this, { text: t("code_resent", { n: operation.phase.codeNo }) });
		await this.focusStart();
	}

	private async cancel(): Promise<void> {
		const { operation } = this;
		if (!operation) return;
		const cancelled = await this.attempt(async () => {
			try {
				await call("cancel");
			} catch (thrown) {
				if (!failedWith(thrown, "expired", "burnt", "superseded", "cancelled", "not_found")) throw thrown;
			}
			return true;
		});
		if (!cancelled) return;
		turn(this, {
			step: "operation",
			operation: { ...operation, phase: { phase: "over", how: "cancelled" } },
		});
	}
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

function mailText({ mail, mailedAt }: Asked): string {
	if (mail === "bounced") return t("code_mail_bounced");
	if (mail === "handed_over" && mailedAt !== undefined) return t("code_no_mail", { time: clock(mailedAt) });
	return t("code_mail_queued");
}

/** Digits of any script count; whether they are right is for the core to say. */
function digits(code: string): number {
	return [...code].filter((sign) => /\p{Nd}/u.test(sign)).length;
}

function phaseOf(operation: unknown): string | undefined {
	if (typeof operation !== "object" || operation === null || !("phase" in operation)) return undefined;
	return (operation as Operation).phase.phase;
}
