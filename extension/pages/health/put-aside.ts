import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../../background/client.ts";
import { base } from "../../ui/base.ts";
import { buttons } from "../../ui/controls.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import { say } from "../events.ts";
import { failureText } from "../failure.ts";
import type { Found } from "./report.ts";
import { Leaving, nameOf, names, rowSheet } from "./row.ts";

/** What the person put aside: how much it is, and the way to have it back. */
@customElement("sg-put-aside")
export class PutAside extends LitElement {
	static override styles = [
		base,
		buttons,
		rowSheet,
		css`
			details > summary {
				font-size: var(--text-m);
			}
		`,
	];

	@property({ attribute: false }) accessor aside: readonly Found[] = [];
	private readonly leaving = new Leaving(this);

	override render(): TemplateResult {
		const title = t("health_aside", { n: this.aside.length });
		return html`<details class="card">
			<summary>${title}</summary>
			<div class="stack tight">
				<p class="small soft">${t("health_aside_text")}</p>
				<ul aria-label=${title}>
					${repeat(this.aside, keyOf, (found) => this.row(found))}
				</ul>
			</div>
		</details>`;
	}

	protected override updated(changed: PropertyValues): void {
		if (changed.has("aside")) this.leaving.remain(this.aside.map(keyOf));
	}

	private row(found: Found): TemplateResult {
		const what = t(`health_${found.kind}`);
		const label = t("health_take_back_of", { name: nameOf(found.login), what });
		return html`<li class="login">
			${names(found.login, what)}
			<button aria-label=${label} @click=${(event: Event) => this.takeBack(event, found)}>
				${icon("undo")}${t("health_take_back")}
			</button>
		</li>`;
	}

	private async takeBack({ currentTarget }: Event, found: Found): Promise<void> {
		this.leaving.begin(keyOf(found), currentTarget);
		try {
			await call("putBack", found.login.id, found.kind);
			say(this, { text: t("health_taken_back", { name: nameOf(found.login) }) });
		} catch (thrown) {
			this.leaving.end();
			say(this, { text: failureText(thrown) ?? t("error_unknown") });
		}
	}
}

function keyOf({ login, kind }: Found): string {
	return `${login.id} ${kind}`;
}
