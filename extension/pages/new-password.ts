import {
	css,
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { secretField } from "../ui/field.ts";
import { icon } from "../ui/icon.ts";
import { type Key, t } from "../ui/text.ts";
import type { Strength } from "./strength.ts";
import { WEAK } from "./weak.ts";

/** What is said of it. */
interface Texts {
	readonly label: Key;
	readonly hint: Key;
	readonly again: Key;
	readonly missing: Key;
	readonly differs: Key;
	/** What the button that shows it calls it. */
	readonly what: Key;
}

const MASTER: Texts = {
	label: "create_password",
	hint: "create_password_hint",
	again: "create_again",
	missing: "create_password_missing",
	differs: "create_again_differs",
	what: "what_master_password",
};

/** A master password that somebody chooses: typed twice, its strength shown, a weak one only on purpose. */
export class NewPassword implements ReactiveController {
	password = "";
	private again = "";
	private strength: Strength | undefined;
	private acceptsWeak = false;
	private tried = false;
	private readonly texts: Texts;

	/** `known` are words that make a password that holds them weaker. */
	constructor(
		private readonly host: ReactiveControllerHost,
		private readonly known: () => string[],
		texts: Partial<Texts> = {},
	) {
		this.texts = { ...MASTER, ...texts };
		host.addController(this);
	}

	hostDisconnected(): void {
		this.forget();
	}

	forget(): void {
		this.password = "";
		this.again = "";
		this.strength = undefined;
		this.tried = false;
	}

	/** Whether it can be used; from now on the page says why not. */
	check(): boolean {
		this.tried = true;
		this.host.requestUpdate();
		return this.password !== "" && this.password === this.again && !this.barred;
	}

	/** Weak, and nobody said that this is meant. */
	get barred(): boolean {
		return this.weak && !this.acceptsWeak;
	}

	private get weak(): boolean {
		return this.strength !== undefined && this.strength.score < WEAK;
	}

	private async typed(password: string): Promise<void> {
		this.password = password;
		this.host.requestUpdate();
		if (password === "") {
			this.strength = undefined;
			return;
		}
		const { strength } = await import("./strength.ts");
		if (password !== this.password) return;
		this.strength = strength(password, [...this.known(), "sigill"]);
		this.host.requestUpdate();
	}

	fields(disabled = false): TemplateResult {
		return html`<div class="stack tight">
				${secretField(
					{
						id: "password",
						label: t(this.texts.label),
						hint: t(this.texts.hint),
						value: this.password,
						autocomplete: "new-password",
						first: this.texts.label === MASTER.label,
						disabled,
						input: (value) => void this.typed(value),
						error: this.tried && this.password === "" ? t(this.texts.missing) : undefined,
					},
					this.texts.what,
				)}
				${this.meter()}
			</div>
			${secretField(
				{
					id: "again",
					label: t(this.texts.again),
					value: this.again,
					autocomplete: "new-password",
					disabled,
					input: (value) => {
						this.again = value;
						this.host.requestUpdate();
					},
					error: this.tried && this.again !== this.password ? t(this.texts.differs) : undefined,
				},
				this.texts.what,
			)}`;
	}

	private meter(): TemplateResult | typeof nothing {
		if (!this.strength) return nothing;
		const { score, warning } = this.strength;
		const bars = [0, 1, 2, 3, 4].map((bar) => {
			const on = bar <= score ? "on" : "";
			return html`<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
				<rect class=${on} width="100" height="6" rx="3" />
			</svg>`;
		});
		return html`<div class="strength s${score}" role="status">
			<div class="bars">${bars}</div>
			<span>${icon(score < WEAK ? "warn" : "done")} <b>${t("strength")}: ${t(`strength_${score}`)}</b></span>
			${warning ? html`<p class="hint">${t(warning)}</p>` : nothing}
		</div>`;
	}

	/** What a weak one means, and the tick that says it is meant. */
	weakness(): TemplateResult | typeof nothing {
		if (!this.weak) return nothing;
		const change = (event: Event & { currentTarget: HTMLInputElement }) => {
			this.acceptsWeak = event.currentTarget.checked;
			this.host.requestUpdate();
		};
		return html`<div class="notice wax">
			<p class="small">${t("create_weak")}</p>
			<label class="tick">
				<input type="checkbox" .checked=${this.acceptsWeak} @change=${change} />
				${t("create_weak_accept")}
			</label>
		</div>`;
	}
}

export const newPasswordSheet = css`
	.strength {
		display: grid;
		grid-template-columns: 1fr auto;
		gap: var(--s1) var(--s3);
		align-items: center;
		font-size: var(--text-s);
	}
	.bars svg {
		inline-size: 100%;
		block-size: 0.375rem;
	}
	.strength rect {
		fill: var(--line);
	}
	.strength rect.on {
		fill: var(--tone);
	}
	.s0,
	.s1 {
		--tone: var(--wax);
	}
	.s2 {
		--tone: var(--amber);
	}
	.s3,
	.s4 {
		--tone: var(--good);
	}
	.bars {
		display: grid;
		grid-template-columns: repeat(5, 1fr);
		gap: var(--s1);
	}
	.strength span {
		display: flex;
		gap: var(--s1);
		align-items: center;
		color: var(--tone);
	}
	.strength .hint {
		grid-column: 1 / -1;
	}
`;
