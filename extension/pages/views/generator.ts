import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { t } from "../../ui/text.ts";
import "../generator/generate.ts";
import type { History } from "../generator/history.ts";
import "../generator/history.ts";
import type { Mail } from "../generator/make.ts";
import { Screen } from "../screen.ts";

/** The generator, and what came of it. */
@customElement("sg-generator")
export class Generator extends Screen {
	/** The account's address, until the person types another. */
	private mail: Mail | undefined;

	override render(): TemplateResult {
		this.mail ??= { address: this.status.account?.email ?? "", tag: "" };
		return html`<div class="page" @sigill-taken=${this.taken}>
			<h1 tabindex="-1">${t("generator_title")}</h1>
			<sg-generate .status=${this.status} .mail=${this.mail}></sg-generate>
			<sg-drawn .status=${this.status}></sg-drawn>
		</div>`;
	}

	private readonly taken = (): void => {
		void this.renderRoot.querySelector<History>("sg-drawn")?.refresh();
	};
}
