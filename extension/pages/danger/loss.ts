import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, secretField, textField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Act, Loss as Data, Needs, Operation } from "../../wasm/sigill.js";
import { derive } from "../derive.ts";
import { stands } from "../events.ts";
import { failedWith } from "../failure.ts";
import { Screen } from "../screen.ts";
import { lossAnew } from "./anew.ts";
import { Arming } from "./arming.ts";
import { gone } from "./gone.ts";
import { KeepBackup } from "./keep-backup.ts";
import { Leave } from "./leave.ts";
import { picture } from "./picture.ts";
import { proofList } from "./proofs.ts";
import { dangerSheet } from "./sheet.ts";
import { begin, type Note, turn } from "./step.ts";

/** These take nothing from anywhere: what they change stands in their text. */
const TAKES_NOTHING: readonly Act["act"][] = ["turn_sync_off", "turn_sync_on", "disconnect"];

/** What would be lost, before anything is asked for. *Keep everything* is the way out that lies nearest. */
@customElement("sg-loss")
export class Loss extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor loss: Data | undefined;
	@property({ attribute: false }) accessor note: Note = "first";
	@state() private accessor phrase = "";
	@state() private accessor password = "";
	private readonly arming = new Arming(this);
	private readonly backup = new KeepBackup(this);
	private readonly leave = new Leave(this);

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("loss") && this.loss) this.leave.show(this.loss);
	}

	/** Another list takes its own time to be seen. */
	protected override updated(changed: PropertyValues): void {
		if (changed.has("loss")) this.arming.begin();
	}

	override render(): TemplateResult {
		const { loss } = this;
		if (!loss) return html``;
		const act = loss.act.act;
		return html`<div class="page"><form class="sheet" @submit=${this.confirm} novalidate>
			<div class="stack tight">
				${this.note === "first" ? nothing : html`<p class="act">${icon("warn")}${t(`act_${act}`)}</p>`}
				<h1 tabindex="-1">${this.heading(act)}</h1>
				<p class="soft">${this.about(act)}</p>
			</div>
			${this.again()} ${TAKES_NOTHING.includes(act) ? this.change(act) : this.taken(loss)} ${this.safer(loss)}
			${this.keeping(loss)} ${this.needs(loss.needs)} ${problem(this.failure)} ${this.waiting()} ${this.ways(loss)}
		</form></div>`;
	}

	/** What is kept before anything is asked for. */
	private keeping(loss: Data): TemplateResult | typeof nothing {
		if (this.confirmName(loss) === undefined) return nothing;
		return html`${this.backup.render(loss, this.status, this.busy)} ${this.leave.render(loss, this.busy)}`;
	}

	/** Whether an account takes part, as the core's table has it: then there are two sides to compare. */
	private get connected(): boolean {
		return this.loss?.needs.kind === "proofs";
	}

	private taken(loss: Data): TemplateResult {
		return html`${gone(loss, this.leave.nothing ? undefined : loss.undoUntil, this.connected)} ${picture(loss, this.connected)}`;
	}

	/** What becomes weaker, and that nothing is lost by it. */
	private change(act: Act["act"]): TemplateResult {
		return html`<div class="loss">
			${act === "turn_sync_off" || act === "disconnect" ? html`<p>${t(`change_${act}`)}</p>` : nothing}
			<p>${t("loss_nothing_yet")}</p>
		</div>`;
	}

	private takesNothing({ act, entries }: Data): boolean {
		return TAKES_NOTHING.includes(act.act) || (act.act === "renew_master_password" && entries === 0);
	}

	private heading(act: Act["act"]): string {
		if (this.note === "stale") return t("over_stale_title");
		if (this.note === "changed") return t("loss_changed_title");
		if (this.note === "linked") return t("not_linked_done_title");
		return t(`act_${act}`);
	}

	private about(act: Act["act"]): string {
		if (act === "clear_this_device" && !this.connected) return t("act_clear_this_device_alone_text");
		return t(`act_${act}_text`);
	}

	/** Why this page is here a second time. */
	private again(): TemplateResult | typeof nothing {
		if (this.note === "first") return nothing;
		if (this.note === "linked") return html`<p class="notice good" role="status">${t("not_linked_done")}</p>`;
		const { sync } = this.status;
		const device = (sync.state === "paused" ? sync.device : undefined) ?? t("paused_another_device");
		const text = this.note === "stale" ? t("over_stale", { device }) : t("error_loss_changed");
		const devices = chrome.runtime.getURL("extension/pages/app.html#account");
		return html`<div class="notice good">
			<p>${text}</p>
			${this.note === "stale" ? html`<p class="small"><a href=${devices}>${t("over_stale_devices")}</a></p>` : nothing}
		</div>`;
	}

	private safer(loss: Data): TemplateResult | typeof nothing {
		const ways = this.saferWays(loss);
		if (ways.length === 0) return nothing;
		return html`<section class="stack tight" aria-labelledby="safer">
			<h2 id="safer" class="label">${t("loss_safer")}</h2>
			<ul class="stack tight">
				${ways.map(([name, take]) => html`<li><button type="button" class="link" ?disabled=${this.busy} @click=${take}>${t(name)}</button></li>`)}
			</ul>
		</section>`;
	}

	private saferWays({ act, needs, onlyHere }: Data): [Key, () => unknown][] {
		const ways: [Key, () => unknown][] = [];
		const { vault, sync } = this.status;
		if (act.act === "clear_this_device" && vault.state === "open") ways.push(["loss_safer_lock", this.lock]);
		if (act.act === "clear_everywhere")
			ways.push(["loss_safer_here", () => begin(this, { act: "clear_this_device" })]);
		if (onlyHere.count > 0 && sync.state === "on") ways.push(["loss_safer_sync", this.sync]);
		if (needs.kind === "typed_phrase") ways.push(["loss_safer_connect", openConnect]);
		return ways;
	}

	private needs(needs: Needs): TemplateResult | typeof nothing {
		switch (needs.kind) {
			case "proofs": {
				const proofs = proofList(needs.proofs, this.loss?.mailHint ?? "");
				return this.loss?.newKeys ? html`${this.masterField("master_anew_text")} ${proofs}` : proofs;
			}
			case "typed_phrase":
				return this.resets ? nothing : this.phraseField(needs.phrase);
			case "old_master_password":
				return this.masterField("master_text");
			case "not_offered":
			case "refused":
				return nothing; // a page of its own
		}
	}

	private phraseField(name: string): TemplateResult {
		return html`<div class="stack">
			<p>${t("phrase_text", { name })}</p>
			${textField({
				id: "phrase",
				label: t("phrase_label"),
				value: this.phrase,
				input: (value) => {
					this.phrase = value;
				},
			})}
		</div>`;
	}

	private masterField(text: Key): TemplateResult {
		return html`<div class="stack">
			<p>${t(text)}</p>
			${secretField(
				{
					id: "password",
					label: t("unlock_password"),
					value: this.password,
					autocomplete: "current-password",
					input: (value) => {
						this.password = value;
					},
				},
				"what_master_password",
			)}
		</div>`;
	}

	private waiting(): TemplateResult | typeof nothing {
		if (!this.busy) return nothing;
		return html`<div role="status"><progress aria-label=${t("loading")}></progress></div>`;
	}

	private ways(loss: Data): TemplateResult {
		const name = this.confirmName(loss);
		const typed =
			(loss.needs.kind !== "typed_phrase" || this.resets || this.phrase !== "") &&
			((loss.needs.kind !== "old_master_password" && !loss.newKeys) || this.password !== "");
		return html`<div class="actions">
			<button type="button" class="primary" ?disabled=${this.busy} @click=${() => turn(this, { step: "kept" })}>
				${t(this.takesNothing(loss) ? "change_nothing" : "keep_everything")}
			</button>
			${
				name === undefined
					? nothing
					: html`<button
							type="submit"
							class="danger ${this.arming.armed ? "" : "arming"}"
							?disabled=${!this.arming.armed || !typed || this.busy || this.leave.barred(loss)}
						>
							${name}
						</button>`
			}
		</div>`;
	}

	/** The new master password comes between this page and the proofs. */
	private get resets(): boolean {
		const act = this.loss?.act.act;
		return act === "reset_master_password" || act === "renew_master_password";
	}

	private confirmName({ act, needs }: Data): string | undefined {
		switch (needs.kind) {
			case "proofs":
				if (this.resets) return t("fresh_choose");
				if (needs.proofs[0] === "account_password") return t("ask_password");
				return t(this.note === "stale" || this.note === "changed" ? "over_stale_send" : "send_code");
			case "typed_phrase":
			case "old_master_password":
				return t(this.resets ? "fresh_choose" : `act_${act.act}`);
			case "not_offered":
			case "refused":
				return undefined;
		}
	}

	private async confirm(event: Event): Promise<void> {
		event.preventDefault();
		const { loss } = this;
		if (!loss || !this.arming.armed) return;
		await this.attempt(async () => {
			const barrier = await this.backup.keep(loss);
			if (barrier) {
				this.failure = t(barrier);
				return;
			}
			await this.leave.settle(loss);
			await this.carryOn(loss);
		});
	}

	private async carryOn(loss: Data): Promise<void> {
		if (this.resets) return turn(this, { step: "fresh", loss });
		switch (loss.needs.kind) {
			case "proofs":
				return this.ask(loss);
			case "typed_phrase":
				stands(this, await call("clearUnconnected", this.phrase));
				return turn(this, {
					step: "finished",
					act: loss.act,
					undoUntil: this.leave.nothing ? undefined : loss.undoUntil,
				});
			case "old_master_password": {
				const kept = await call("restorable");
				const root = await derive(kept?.derivation ?? (await call("derivation")), this.password);
				stands(this, await call("restoreUnconnected", root));
				return turn(this, { step: "finished", act: loss.act, undoUntil: undefined });
			}
			case "not_offered":
			case "refused":
		}
	}

	private async ask(loss: Data): Promise<void> {
		try {
			turn(this, { step: "operation", operation: await this.asked(loss) });
		} catch (thrown) {
			if (failedWith(thrown, "loss_changed", "stale", "head_moved")) {
				turn(this, { step: "loss", loss: await lossAnew(loss.act), note: "changed" });
			} else if (!(await this.begun())) throw thrown;
		}
	}

	/** Where the cloud saw a later epoch of this vault, what is here comes under new keys first. */
	private async asked(loss: Data): Promise<Operation> {
		if (!loss.newKeys) return call("ask", loss.act, loss.hash);
		const root = await derive(await call("derivation"), this.password);
		return call("askAnew", root, loss.hash);
	}

	/** The question may have left although its answer was lost: then it goes on under its own name. */
	private async begun(): Promise<boolean> {
		const operation = (await call("status")).unfinished;
		if (operation) turn(this, { step: "operation", operation });
		return operation !== undefined;
	}

	private readonly lock = () =>
		this.attempt(async () => {
			stands(this, await call("lock"));
			turn(this, { step: "kept" });
		});

	private readonly sync = () =>
		this.attempt(async () => {
			stands(this, await call("syncNow"));
			if (this.loss) begin(this, this.loss.act);
		});
}

function openConnect(): void {
	location.assign(chrome.runtime.getURL("extension/pages/app.html#connect"));
}
