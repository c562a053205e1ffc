import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import { stands } from "../events.ts";
import { openDanger } from "../open.ts";
import { Screen } from "../screen.ts";

/** What lies here can't be a vault of ours: nothing was touched, and these are the ways on. */
@customElement("sg-damaged")
export class Damaged extends Screen {
	override render(): TemplateResult {
		const connected = this.status.vault.state === "damaged" && this.status.vault.connected;
		return html`<div class="page">
			<h1 tabindex="-1">${t("damaged_title")}</h1>
			<div class="notice wax"><p>${t("damaged_text")}</p></div>
			<p>${t(connected ? "damaged_cloud" : "damaged_alone")}</p>
			${problem(this.failure)}
			<div class="actions">
				${
					connected
						? html`<button class="primary" ?disabled=${this.busy} @click=${this.download}>
								${t("welcome_download_again")}
							</button>`
						: nothing
				}
				<button class="danger" @click=${() => openDanger("clear_this_device", this.status)}>
					${t("link_clear_this_device")}
				</button>
			</div>
		</div>`;
	}

	private async download(): Promise<void> {
		const status = await this.attempt(() => call("connect", "download", undefined));
		if (status) stands(this, status);
	}
}
