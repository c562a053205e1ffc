import { html, nothing, type TemplateResult } from "lit";
import { codeField, secretField, textField } from "../../ui/field.ts";
import { clock, type Key, listed, pieces, t } from "../../ui/text.ts";
import type { Act, Factor, Phase } from "../../wasm/sigill.js";

export type Asked = Extract<Phase, { phase: "asked" }>;

/** A proof that a page asks for, as the session names it. */
export type Proof = Asked["required"][number];

/** What stands in the fields. What is asked for on one page goes together. */
export interface Typing {
	readonly password: string;
	readonly mailed: string;
	readonly texted: string;
}

export const NOTHING_TYPED: Typing = { password: "", mailed: "", texted: "" };

/** What a part of the step needs of the element that shows it. */
export interface Desk {
	readonly typing: Typing;
	/** What was wrong with the last try; shown at the first field. */
	readonly error: string | undefined;
	readonly type: (typed: Partial<Typing>) => void;
}

/** The password comes alone: nothing is mailed and no text is sent before it was right. */
export function proofsNow({ required }: Asked): readonly Proof[] {
	return required[0] === "account_password" ? ["account_password"] : required;
}

/** What will be asked for, in its order. */
export function proofList(proofs: readonly Proof[], hint: string): TemplateResult {
	const [only] = proofs;
	if (proofs.length === 1 && only === "email_code")
		return html`<p class="small soft">${t("loss_code_goes", { hint })}</p>`;
	return html`<div class="stack tight small soft">
		<p>${t("proof_asked")}</p>
		<ol>
			${proofs.map((proof) => html`<li>${t(`proof_${proof}`, { hint })}</li>`)}
		</ol>
	</div>`;
}

/** What the step is headed. */
export function titleOf(proofs: readonly Proof[]): Key {
	if (proofs[0] === "account_password") return "password_title";
	if (proofs.length > 1) return "codes_title";
	return proofs[0] === "text_message_code" ? "text_title" : "code_title";
}

/** The button that goes on names the act where nothing comes after it. */
export function goOnName({ act }: Act, phase: Asked): string {
	return proofsNow(phase).length === phase.required.length ? t(`act_${act}`) : t("password_next");
}

/** A clear with sync off says how far it reaches; other acts said so on the page before. */
export function passwordStep({ act }: Act, desk: Desk): TemplateResult {
	const text = act === "clear_this_device" ? "password_clear_text" : "password_text";
	return html`<p>${t(text)}</p>
		${secretField(
			{
				id: "password",
				label: t("connect_password"),
				value: desk.typing.password,
				autocomplete: "current-password",
				first: true,
				input: (password) => desk.type({ password }),
				error: desk.error,
			},
			"what_account_password",
		)}`;
}

/** Four words to compare, and the code from the mail. */
export function mailedStep(phase: Asked, desk: Desk, now: number): TemplateResult {
	return html`<p>${mailed(phase)}</p>
		${words(phase, "code_words")}
		${codeField({
			id: "code",
			label: t("code_label"),
			value: desk.typing.mailed,
			first: true,
			input: (code) => desk.type({ mailed: code }),
			error: desk.error ?? (isOld(phase, now) ? t("code_old") : undefined),
		})}`;
}

function words({ reference }: Asked, name: Key): TemplateResult {
	return html`<div class="stack tight">
		<h2 class="label" id="words">${t(name)}</h2>
		<ul class="words" aria-labelledby="words">
			${reference.map((word) => html`<li>${word}</li>`)}
		</ul>
	</div>`;
}

function mailed({ mailHint, reference, codeUntil, mail }: Asked): (string | TemplateResult)[] {
	const key = mail === "handed_over" && codeUntil !== undefined ? "code_mailed" : "code_queued";
	const time = codeUntil === undefined ? "" : clock(codeUntil);
	return pieces<TemplateResult>(key, {
		hint: html`<em>${mailHint}</em>`,
		reference: html`<em>${reference.join(" ")}</em>`,
		time: html`<em>${time}</em>`,
	});
}

function isOld({ codeUntil }: Asked, now: number): boolean {
	return codeUntil !== undefined && codeUntil <= now;
}

/** The step of the second factor: its first way, and what else would do. */
export function factorStep(phase: Asked, desk: Desk, isFirst: boolean): TemplateResult {
	const { factor } = phase;
	const ways: Factor["ways"] = factor?.ways ?? ["text_message"];
	const texted = ways[0] === "text_message";
	const others = ways.slice(1).map((way) => t(`factor_${way}`));
	const params = { phone: factor?.phoneHint ?? t("text_phone") };
	const [after, beside]: [Key, Key] = texted
		? ["text_text", "text_too"]
		: ["authenticator_text", "authenticator_too"];
	const text = isFirst ? after : beside;
	return html`<p>${t(text, params)}</p>
		${textField({
			id: "text-code",
			label: t(texted ? "text_label" : "authenticator_label"),
			hint: others.length > 0 ? t("factor_another_way", { ways: listed(others) }) : undefined,
			value: desk.typing.texted,
			autocomplete: "one-time-code",
			first: isFirst,
			input: (code) => desk.type({ texted: code }),
			error: isFirst ? desk.error : undefined,
		})}
		${isFirst && texted ? words(phase, "text_words") : nothing}`;
}

/** Whether a text has to be asked for before there is a code to type. */
export function awaitsText({ required, factor }: Asked): boolean {
	const isNext = required.includes("text_message_code") && !required.includes("account_password");
	return isNext && factor?.ways[0] === "text_message" && factor.text === "not_due";
}

/** How far the text is. */
export function textText({ text, textedAt }: Factor): string {
	if (text === "bounced") return t("text_bounced");
	if (text === "handed_over" && textedAt !== undefined) return t("text_sent", { time: clock(textedAt) });
	return t(text === "not_due" ? "text_not_yet" : "text_queued");
}

/** How far the mail is. */
export function mailText({ mail, mailedAt }: Asked): string {
	if (mail === "bounced") return t("code_mail_bounced");
	if (mail === "handed_over" && mailedAt !== undefined) return t("code_no_mail", { time: clock(mailedAt) });
	return t("code_mail_queued");
}

/** Until when the step is good. */
export function timeLeft({ codeUntil, expiresAt }: Asked, now: number): string | typeof nothing {
	const left = Math.floor((codeUntil ?? expiresAt) - now);
	if (left <= 0) return nothing;
	return t("code_left", { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` });
}

/** Digits of any script count; whether they are right is for the core to say. */
export function digits(code: string): number {
	return [...code].filter((sign) => /\p{Nd}/u.test(sign)).length;
}
