import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { count, moment, t } from "../../ui/text.ts";
import type { Displaced, Restorable } from "../../wasm/sigill.js";
import { Screen } from "../screen.ts";
import { dangerSheet } from "./sheet.ts";
import { begin, turn } from "./step.ts";

/** What was displaced and can still be brought back. */
@customElement("sg-restore")
export class Restore extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@state() private accessor displaced: Displaced[] | undefined;
	@state() private accessor kept: Restorable | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		void this.load();
	}

	private async load(): Promise<void> {
		this.kept = await this.attempt(() => call("restorable"));
		const syncs = this.status.account && this.status.sync.state !== "off";
		const displaced = syncs ? await this.attempt(() => call("displaced")) : [];
		this.displaced = displaced ?? [];
	}

	override render(): TemplateResult {
		const until = this.kept?.until;
		const none = this.displaced?.length === 0 && until === undefined && !this.failure;
		return html`<div class="page"><div class="sheet">
			<h1 tabindex="-1">${t("restore_title")}</h1>
			<p class="soft">${t("restore_text")}</p>
			${problem(this.failure)}
			${
				this.displaced
					? none
						? html`<p class="notice" role="status">${t("restore_none")}</p>`
						: this.list(until)
					: html`<p role="status">${t("loading")}</p>`
			}
			<div class="actions">
				<button @click=${() => turn(this, { step: "kept" })}>${t("change_nothing")}</button>
			</div>
		</div></div>`;
	}

	private list(until: number | undefined): TemplateResult {
		return html`<ul aria-label=${t("restore_title")}>
			${(this.displaced ?? []).map((generation) => this.there(generation))}
			${until === undefined ? nothing : this.here(until)}
		</ul>`;
	}

	private here(until: number): TemplateResult {
		return html`<li class="choose">
			<div>
				<h2>${t("restore_device")}</h2>
				<p class="hint">${t("restore_until", { date: moment(until) })}</p>
			</div>
			<button aria-label=${t("restore_choose_device")} @click=${() => begin(this, { act: "restore_device" })}>
				${t("welcome_restore")}
			</button>
		</li>`;
	}

	private there({ generation, count: n, by, device, at, until }: Displaced): TemplateResult {
		const entries = count("entries", n);
		const date = moment(at);
		return html`<li class="choose">
			<div>
				<h2>${entries}</h2>
				<p class="small">${t(`restore_by_${by}`, { device, date })}</p>
				<p class="hint">${t("restore_until", { date: moment(until) })}</p>
			</div>
			<button
				aria-label=${t("restore_choose", { entries, date })}
				@click=${() => begin(this, { act: "restore_cloud", generation })}
			>
				${t("welcome_restore")}
			</button>
		</li>`;
	}
}
