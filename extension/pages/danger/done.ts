import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { type Key, moment, t } from "../../ui/text.ts";
import type { Act } from "../../wasm/sigill.js";
import { stands } from "../events.ts";
import { HERE, heldCode, putAway } from "../recovery.ts";
import { Screen } from "../screen.ts";
import "../sheet.ts";
import { dismiss } from "./dismiss.ts";
import { dangerSheet } from "./sheet.ts";
import { turn } from "./step.ts";

const DONE: { readonly [A in Act["act"]]: Key } = {
	clear_this_device: "done_clear_this_device",
	clear_everywhere: "done_clear_everywhere",
	replace_cloud: "done_replace_cloud",
	restore_cloud: "done_restore",
	restore_device: "done_restore",
	reset_master_password: "done_reset_master_password",
	renew_master_password: "done_renew_master_password",
	turn_sync_off: "done_turn_sync_off",
	turn_sync_on: "done_turn_sync_on",
	disconnect: "done_disconnect",
};

/** What was done, until when it can be undone, and how. */
@customElement("sg-done")
export class Done extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor act: Act = { act: "clear_this_device" };
	/** The operation's name, where there was one. */
	@property() accessor key = HERE;
	/** None for what no service took part in. */
	@property({ attribute: false }) accessor at: number | undefined;
	@property({ attribute: false }) accessor undoUntil: number | undefined;

	override render(): TemplateResult {
		const code = heldCode(this.key);
		if (code !== undefined) return this.sheet(code);
		const { act, at, undoUntil } = this;
		return html`<div class="page"><div class="sheet">
			<h1 tabindex="-1">${t("done_title")}</h1>
			<div class="notice good stack tight" role="status">
				<p class="marked">${icon("done")}<b>${t(DONE[act.act])}</b></p>
				${undoUntil === undefined ? nothing : html`<p>${t("done_sealed", { date: moment(undoUntil) })}</p>`}
			</div>
			${at === undefined ? nothing : html`<p class="small soft">${t("done_at", { time: moment(at) })}</p>`}
			${problem(this.failure)}
			<div class="actions">
				<button class="primary" ?disabled=${this.busy} @click=${this.open}>${this.openName()}</button>
				${
					undoUntil === undefined
						? nothing
						: html`<button ?disabled=${this.busy} @click=${this.undo}>${icon("undo")}${t("done_undo")}</button>`
				}
			</div>
		</div></div>`;
	}

	/** The new keys are in force, and with them the code: first of all it is put on paper. */
	private sheet(code: string): TemplateResult {
		const { vault, account } = this.status;
		const done = () => {
			putAway();
			this.requestUpdate();
			void this.focusStart();
		};
		return html`<div class="page">
			<sg-sheet
				.heading=${t("done_title")}
				.code=${code}
				.name=${vault.state === "open" || vault.state === "locked" ? vault.name : ""}
				.email=${account?.email ?? ""}
				.service=${account?.service ?? ""}
				@sheet-done=${done}
			></sg-sheet>
		</div>`;
	}

	private get restored(): boolean {
		return this.act.act === "restore_cloud" || this.act.act === "restore_device";
	}

	private openName(): string {
		return this.restored && this.status.vault.state === "open" ? t("done_anchor") : t("done_open");
	}

	private async open(): Promise<void> {
		await this.leave(() =>
			location.assign(
				chrome.runtime.getURL(`extension/pages/app.html${this.restored ? "#unlock" : "#vault"}`),
			),
		);
	}

	private async undo(): Promise<void> {
		await this.leave(() => turn(this, { step: "restore" }));
	}

	private async leave(then: () => void): Promise<void> {
		await this.attempt(async () => {
			await dismiss();
			stands(this, await call("status"));
			then();
		});
	}
}
