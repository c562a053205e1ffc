import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { settings } from "../../storage/index.ts";
import { problem, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Loss, NewVault } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { stands } from "../events.ts";
import { failedWith } from "../failure.ts";
import { passkeysOf } from "../kept-passkeys.ts";
import { NewPassword, newPasswordSheet } from "../new-password.ts";
import { hasCode, NewRecovery } from "../recovery.ts";
import { Screen } from "../screen.ts";
import { lossAnew } from "./anew.ts";
import { Arming } from "./arming.ts";
import { dangerSheet } from "./sheet.ts";
import { turn } from "./step.ts";

/** The new vault's master password; without an account the old one's name, typed, is the last thing asked. */
@customElement("sg-fresh")
export class Fresh extends Screen {
	static override styles = [...Screen.styles, dangerSheet, newPasswordSheet];

	@property({ attribute: false }) accessor loss: Loss | undefined;
	private readonly deriving = new Deriving(this);
	@state() private accessor phrase = "";
	private readonly arming = new Arming(this);
	private readonly chosen = new NewPassword(this, () => [this.name]);
	private readonly recovery = new NewRecovery(this, () => hasCode(this.status));

	private get name(): string {
		const { vault } = this.status;
		return vault.state === "locked" || vault.state === "open" ? vault.name : t("create_name_value");
	}

	override render(): TemplateResult {
		const { loss } = this;
		if (!loss) return html``;
		return html`<div class="page"><form class="sheet" @submit=${this.confirm} novalidate>
			<div class="stack tight">
				<p class="act">${icon("warn")}${t(`act_${loss.act.act}`)}</p>
				<h1 tabindex="-1">${t("fresh_choose")}</h1>
				<p class="soft">${t(renews(loss) ? "fresh_renew_text" : "fresh_text")}</p>
				${renews(loss) && passkeysOf(this.status).length > 0 ? html`<p>${t("passkeys_all_end")}</p>` : nothing}
			</div>
			${this.chosen.fields(this.busy)}
			${this.recovery.render(this.busy)}
			${this.chosen.weakness()} ${this.phraseField(loss)} ${problem(this.failure)}
			${this.busy ? this.deriving.render() : this.ways(loss)}
		</form></div>`;
	}

	private phraseField(loss: Loss): TemplateResult | typeof nothing {
		const { needs } = loss;
		if (needs.kind !== "typed_phrase") return nothing;
		return html`<div class="stack">
			<p>${t(renews(loss) ? "phrase_renew_text" : "phrase_reset_text", { name: needs.phrase })}</p>
			${textField({
				id: "phrase",
				label: t("phrase_label"),
				value: this.phrase,
				disabled: this.busy,
				input: (value) => {
					this.phrase = value;
				},
			})}
		</div>`;
	}

	private ways(loss: Loss): TemplateResult {
		const { needs } = loss;
		const typed = needs.kind !== "typed_phrase" || this.phrase !== "";
		return html`<div class="actions">
			<button type="button" class="primary" @click=${() => turn(this, { step: "kept" })}>
				${t("keep_everything")}
			</button>
			<button
				type="submit"
				class="danger ${this.arming.armed ? "" : "arming"}"
				?disabled=${!this.arming.armed || !typed || this.chosen.barred}
			>
				${t(confirmName(loss))}
			</button>
		</div>`;
	}

	private async confirm(event: Event): Promise<void> {
		event.preventDefault();
		const { loss } = this;
		if (!loss || !this.arming.armed || !this.chosen.check()) return;
		await this.attempt(async () => {
			const vault = await this.vault();
			if (loss.needs.kind === "typed_phrase") {
				stands(this, await call("resetUnconnected", loss.act, vault, this.phrase));
				this.recovery.hold();
				turn(this, { step: "finished", act: loss.act, undoUntil: loss.undoUntil });
			} else {
				await this.ask(vault, loss);
			}
		});
	}

	private async vault(): Promise<NewVault> {
		const derivation = await call("newDerivation");
		const root = await this.deriving.root(derivation, this.chosen.password);
		const { lockAfter } = await settings();
		const recovery = await this.recovery.code();
		return { name: this.name, root, derivation, recovery, lockAfter };
	}

	private async ask(vault: NewVault, loss: Loss): Promise<void> {
		try {
			const operation = await call("askReset", loss.act, vault, loss.hash);
			this.recovery.hold(operation.key);
			turn(this, { step: "operation", operation });
		} catch (thrown) {
			if (failedWith(thrown, "loss_changed", "stale", "head_moved")) {
				turn(this, { step: "loss", loss: await lossAnew(loss.act), note: "changed" });
				return;
			}
			// The question may have left although its answer was lost: then it goes on under its own name.
			const operation = (await call("status")).unfinished;
			if (operation?.act.act !== loss.act.act) throw thrown;
			this.recovery.hold(operation.key);
			turn(this, { step: "operation", operation });
		}
	}
}

/** Whether the entries stay. */
function renews({ act }: Loss): boolean {
	return act.act === "renew_master_password";
}

/** What the button leads to. */
function confirmName({ act, needs }: Loss): Key {
	if (needs.kind === "typed_phrase") return `act_${act.act}`;
	return needs.kind === "proofs" && needs.proofs[0] === "account_password" ? "ask_password" : "send_code";
}
