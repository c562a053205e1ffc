import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { count } from "../../ui/text.ts";
import { say } from "../events.ts";
import { Screen } from "../screen.ts";

/** What has been in the trash for 30 days: offered to be erased, never erased unasked. */
@customElement("sg-due")
export class Due extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			section {
				display: grid;
				gap: var(--s2);
				justify-items: start;
				margin: var(--s3) var(--s4);
			}
		`,
	];

	@state() private accessor due = 0;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("status")) void this.load();
	}

	private async load(): Promise<void> {
		try {
			this.due = (await call("facets")).due;
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	override render(): TemplateResult | typeof nothing {
		if (this.due === 0) return nothing;
		return html`<section class="notice amber">
			<p class="small">${count("due_text", this.due)}</p>
			${problem(this.failure)}
			<button class="danger" ?disabled=${this.busy} @click=${this.erase}>${count("due_erase", this.due)}</button>
		</section>`;
	}

	private readonly erase = async (): Promise<void> => {
		const gone = await this.attempt(() => call("eraseDue"));
		if (gone === undefined) return;
		say(this, { text: count("due_erased", gone) });
		await this.load();
	};
}
