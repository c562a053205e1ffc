import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { isSameRun, isTemporary, settings } from "../../storage/index.ts";
import { problem, secretField, textField } from "../../ui/field.ts";
import { type Icon, icon, seal } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { go, stands } from "../events.ts";
import { passkeysOf } from "../kept-passkeys.ts";
import { openDanger, openFull, type Purpose } from "../open.ts";
import { isOwn, Touch } from "../passkey.ts";
import { Screen } from "../screen.ts";
import { strengthen } from "../strengthen.ts";
import { touching } from "../touching.ts";
import { VAULT } from "../view.ts";
import { wayBy, waysSheet } from "../ways.ts";

/** The master password opens the vault; also one that was just brought back. */
@customElement("sg-unlock")
export class Unlock extends Screen {
	static override styles = [
		...Screen.styles,
		waysSheet,
		css`
			.page {
				max-inline-size: 24rem;
				padding-block-start: var(--s7);
			}
			.head {
				display: grid;
				gap: var(--s3);
				justify-items: center;
				text-align: center;
			}
			.turn {
				justify-self: center;
			}
			.elsewhere {
				text-align: center;
			}
			details > summary {
				padding-block: var(--s3);
				font-size: var(--text-m);
				text-align: center;
			}
			details[open] > summary {
				margin-block-end: var(--s2);
			}
		`,
	];

	@state() private accessor password = "";
	@state() private accessor missing = false;
	@state() private accessor kept = false;
	/** Whether the code from the sheet is typed in the master password's place. */
	@state() private accessor byCode = false;
	/** What went wrong with a passkey is said at its button. */
	@state() private accessor untouched: string | undefined;
	private readonly deriving = new Deriving(this);
	private readonly touch = new Touch(this);

	override connectedCallback(): void {
		super.connectedCallback();
		void this.learn();
	}

	/** A vault that is still here although nothing was to stay has a reason, and says it. */
	private async learn(): Promise<void> {
		this.kept = (await isTemporary()) && !(await isSameRun());
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
	}

	private get unanchored(): boolean {
		return this.status.vault.state === "open" && this.status.vault.unanchored;
	}

	override render(): TemplateResult {
		const { vault } = this.status;
		const name = vault.state === "locked" || vault.state === "open" ? vault.name : "";
		return html`<form class="page" @submit=${this.submit} novalidate>
			<div class="head">
				${seal(72)}
				<h1 tabindex="-1">${this.unanchored ? t("unlock_anchor_title") : t("unlock_title", { name })}</h1>
				${this.unanchored ? html`<p class="soft">${t("unlock_anchor_text")}</p>` : nothing}
			</div>
			${this.kept ? html`<p class="notice amber">${t("shared_kept")}</p>` : nothing} ${this.field()} ${this.working()} ${this.passkeys()} ${this.turning()} ${this.waysOn()}
		</form>`;
	}

	private working(): TemplateResult {
		if (!this.busy) return this.submitRow();
		return this.touch.waits ? touching(this.touch.cancel) : this.deriving.render();
	}

	/** Beside the master password: the passkeys that were added on this device. */
	private passkeys(): TemplateResult | typeof nothing {
		if (this.unanchored || this.byCode) return nothing;
		const slots = passkeysOf(this.status);
		if (slots.length === 0) return nothing;
		if (!slots.some(isOwn)) return html`<p class="hint elsewhere">${t("passkey_elsewhere")}</p>`;
		return html`<div class="stack tight">
			<button id="passkey" type="button" class="wide" ?disabled=${this.busy} @click=${this.byPasskey}>
				${icon("passkey")}${t("passkey_unlock")}
			</button>
			${problem(this.untouched, "passkey-problem")}
		</div>`;
	}

	private readonly byPasskey = async (): Promise<void> => {
		// A popup is gone once the browser's own dialogue has the focus.
		if (!(await chrome.tabs.getCurrent())) return openFull({ view: "unlock" });
		this.untouched = undefined;
		const status = await this.attempt(() => this.touched());
		if (status) {
			stands(this, status);
			return;
		}
		this.untouched = this.failure;
		this.failure = undefined;
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("#passkey")?.focus();
	};

	private async touched(): Promise<Status> {
		const { slot, root } = await this.touch.open(passkeysOf(this.status).filter(isOwn));
		const { lockAfter } = await settings();
		return call("unlockByPasskey", { slot, root, lockAfter });
	}

	private field(): TemplateResult {
		const input = (value: string) => {
			this.password = value;
			this.missing = false;
			this.failure = undefined;
		};
		const common = { value: this.password, first: true, disabled: this.busy, input };
		if (this.byCode) {
			const error = this.missing ? t("recovery_missing") : this.failure;
			const hint = t("recovery_type_hint");
			return textField({ id: "password", label: t("recovery_code"), hint, error, ...common });
		}
		return secretField(
			{
				id: "password",
				label: t("unlock_password"),
				autocomplete: "current-password",
				error: this.missing ? t("unlock_password_missing") : this.failure,
				...common,
			},
			"what_master_password",
		);
	}

	private submitRow(): TemplateResult {
		const text = this.unanchored ? t("unlock_anchor_submit") : t("unlock_submit");
		return html`<button class="primary wide" type="submit">${text}</button>`;
	}

	/** The code on paper opens it as well. */
	private turning(): TemplateResult | typeof nothing {
		const { vault } = this.status;
		if (vault.state !== "locked" || !vault.recovery) return nothing;
		return html`<button type="button" class="link turn" @click=${this.turnRound}>
			${t(this.byCode ? "recovery_use_password" : "recovery_use")}
		</button>`;
	}

	/** A reset that was begun would take what the code just opened. */
	private async renew(status: Status): Promise<Status> {
		const phase = status.unfinished?.phase.phase;
		if (phase === "requested" || phase === "asked") await call("cancel").catch(() => undefined);
		const now = await call("status");
		await openDanger("renew_master_password", now);
		return now;
	}

	private readonly turnRound = (): void => {
		this.byCode = !this.byCode;
		this.password = "";
		this.failure = undefined;
		void this.focusStart();
	};

	/** For whoever can't open it, what is looked for most first; what takes the vault from here is last. */
	private waysOn(): TemplateResult {
		const danger = (purpose: Purpose) => () => openDanger(purpose, this.status);
		const help = () => go(this, { view: "help", topic: "locked" });
		const way = (take: () => unknown, picture: Icon, name: Key, text: Key) =>
			html`<li>${wayBy(take, picture, { name, text })}</li>`;
		return html`<details>
			<summary>${t("unlock_more")}</summary>
			<ul class="ways stack tight">
				${
					this.unanchored
						? nothing
						: way(
								danger("reset_master_password"),
								"key",
								"link_reset_master_password",
								"unlock_forgotten_text",
							)
				}
				${way(help, "help", "help_title", "help_locked_short")}
				${way(danger("restore"), "undo", "restore_link", "unlock_restore_text")}
				${way(danger("clear_this_device"), "device", "link_clear_this_device", "unlock_clear_text")}
			</ul>
		</details>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.missing = this.password === "";
		if (this.missing) return;
		const status = await this.attempt(async () => {
			const { lockAfter } = await settings();
			if (this.byCode) return call("unlockByCode", { code: this.password, lockAfter });
			const root = await this.deriving.root(await call("derivation"), this.password);
			performance.mark("sigill-unlock");
			const opened = await call("unlock", { root, lockAfter });
			void strengthen(root, this.password);
			return opened;
		});
		if (status) {
			this.password = "";
			stands(this, this.byCode ? await this.renew(status) : status);
			if (location.hash === "#unlock") go(this, VAULT);
			return;
		}
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLInputElement>("#password")?.select();
	}
}
