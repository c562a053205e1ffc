import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Loss } from "../../wasm/sigill.js";
import { Looking } from "../looking.ts";
import { openPortal } from "../portal.ts";
import { Screen } from "../screen.ts";
import { dangerSheet } from "./sheet.ts";
import { turn } from "./step.ts";

/** A page that is looked at asks again whether a password was chosen. */
const LOOK_MS = 3000;

/** The account has no password yet: says so before anything is typed, and waits while one is chosen. */
@customElement("sg-not-linked")
export class NotLinked extends Screen {
	static override styles = [...Screen.styles, dangerSheet];

	@property({ attribute: false }) accessor loss: Loss | undefined;
	constructor() {
		super();
		new Looking(this, LOOK_MS, () => this.look());
	}

	override render(): TemplateResult {
		const { loss } = this;
		if (!loss) return html``;
		const provider = this.status.account?.provider ?? t("not_linked_provider");
		return html`<div class="page"><div class="sheet">
			<div class="stack tight">
				<p class="act">${icon("warn")}${t(`act_${loss.act.act}`)}</p>
				<h1 tabindex="-1">${t("not_linked_title")}</h1>
			</div>
			<p>${t("not_linked_text", { provider })}</p>
			<div class="stack tight" role="status">
				<progress aria-label=${t("not_linked_waits")}></progress>
				<p class="small soft">${t("not_linked_waits")}</p>
			</div>
			${problem(this.failure)}
			<div class="actions">
				<button class="primary" ?disabled=${this.busy} @click=${this.choose}>${t("not_linked_choose")}</button>
				<button @click=${() => turn(this, { step: "kept" })}>${t("keep_everything")}</button>
			</div>
		</div></div>`;
	}

	private readonly choose = () => this.attempt(() => openPortal("choose_password"));

	/** Once it is linked, the act is prepared anew, with the proofs that it takes now. */
	private async look(): Promise<void> {
		const act = this.loss?.act;
		if (!act || document.visibilityState === "hidden") return;
		try {
			const loss = await call("loss", act);
			const waits = loss.needs.kind === "refused" && loss.needs.reason === "account_not_linked";
			if (!waits && this.isConnected) turn(this, { step: "loss", loss, note: "linked" });
		} catch (thrown) {
			console.warn(thrown); // the page says already that it waits
		}
	}
}
