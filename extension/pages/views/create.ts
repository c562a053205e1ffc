import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { problem, secretField, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import { derive } from "../derive.ts";
import { go, stands } from "../events.ts";
import { Screen } from "../screen.ts";
import type { Strength } from "../strength.ts";
import { VAULT } from "../view.ts";

const WEAK = 3;

/** A new vault: its name, its master password, and what nobody can recover. */
@customElement("sg-create")
export class Create extends Screen {
	static override styles = [
		...Screen.styles,
		css`
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
				fill: var(--sunken);
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
		`,
	];

	@state() private accessor name = "";
	@state() private accessor password = "";
	@state() private accessor again = "";
	@state() private accessor strength: Strength | undefined;
	@state() private accessor acceptsWeak = false;
	@state() private accessor tried = false;

	override connectedCallback(): void {
		super.connectedCallback();
		this.name ||= t("create_name_value");
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("password")) void this.estimate();
	}

	private async estimate(): Promise<void> {
		const password = this.password;
		if (password === "") {
			this.strength = undefined;
			return;
		}
		const { strength } = await import("../strength.ts");
		if (password === this.password) this.strength = strength(password, [this.name, "sigill"]);
	}

	private get weak(): boolean {
		return this.strength !== undefined && this.strength.score < WEAK;
	}

	override render(): TemplateResult {
		return html`<form class="page" @submit=${this.submit} novalidate>
			<h1 tabindex="-1">${t("create_title")}</h1>
			${textField({
				id: "name",
				label: t("create_name"),
				hint: t("create_name_hint"),
				value: this.name,
				input: (value) => {
					this.name = value;
				},
				error: this.tried && this.name.trim() === "" ? t("create_name_missing") : undefined,
			})}
			<div class="stack tight">
				${secretField(
					{
						id: "password",
						label: t("create_password"),
						hint: t("create_password_hint"),
						value: this.password,
						autocomplete: "new-password",
						first: true,
						input: (value) => {
							this.password = value;
						},
						error: this.tried && this.password === "" ? t("create_password_missing") : undefined,
					},
					"what_master_password",
				)}
				${this.meter()}
			</div>
			${secretField(
				{
					id: "again",
					label: t("create_again"),
					value: this.again,
					autocomplete: "new-password",
					input: (value) => {
						this.again = value;
					},
					error: this.tried && this.again !== this.password ? t("create_again_differs") : undefined,
				},
				"what_master_password",
			)}
			<section class="notice amber" aria-labelledby="nobody">
				<h2 id="nobody">${t("create_nobody_title")}</h2>
				<p class="small">${t("create_nobody")}</p>
			</section>
			${this.weakness()} ${problem(this.failure)} ${this.submitRow()}
		</form>`;
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

	private weakness(): TemplateResult | typeof nothing {
		if (!this.weak) return nothing;
		return html`<div class="notice wax">
			<p class="small">${t("create_weak")}</p>
			<label class="tick">
				<input
					type="checkbox"
					.checked=${this.acceptsWeak}
					@change=${(event: Event & { currentTarget: HTMLInputElement }) => {
						this.acceptsWeak = event.currentTarget.checked;
					}}
				/>
				${t("create_weak_accept")}
			</label>
		</div>`;
	}

	private submitRow(): TemplateResult {
		if (this.busy) {
			return html`<div class="stack tight" role="status">
				<progress aria-label=${t("deriving")}></progress>
				<p>${t("deriving")}</p>
				<p class="hint">${t("deriving_why")}</p>
			</div>`;
		}
		return html`<div class="actions">
			<button class="primary" type="submit" ?disabled=${this.weak && !this.acceptsWeak}>
				${t("create_submit")}
			</button>
		</div>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const { name, password, again } = this;
		if (name.trim() === "" || password === "" || password !== again) return;
		const status = await this.attempt(async () => {
			const derivation = await call("newDerivation", "argon2id");
			const root = await derive(derivation, password);
			const { lockAfter } = await settings();
			const created = await call("createVault", { name: name.trim(), root, derivation, lockAfter });
			return this.upload(created);
		});
		if (!status) return;
		this.password = "";
		this.again = "";
		stands(this, status);
		go(this, VAULT);
	}

	/** Whoever signed in first meant the cloud too. */
	private async upload(status: Status): Promise<Status> {
		const open = status.vault.state === "open" ? status.vault : undefined;
		if (!status.account || !open || open.connected) return status;
		return call("connect", "upload");
	}
}
