import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { moment, t } from "../../ui/text.ts";
import { copySecret } from "../copy.ts";
import { say } from "../events.ts";
import { Screen } from "../screen.ts";
import { valueSheet } from "./sheet.ts";
import { colored } from "./value.ts";

interface Drawn {
	/** Seconds since 1970. */
	readonly at: number;
	readonly value: string;
}

/** What was made here and used: looked up when it is opened, gone from the page when it is closed. */
@customElement("sg-drawn")
export class History extends Screen {
	static override styles = [
		...Screen.styles,
		valueSheet,
		css`
			li {
				display: grid;
				grid-template-columns: minmax(0, 1fr) auto;
				gap: var(--s2);
				align-items: center;
				padding-block: var(--s2);
			}
			li + li {
				border-block-start: var(--hairline) solid var(--line);
			}
			details > summary {
				font-size: var(--text-m);
			}
		`,
	];

	@state() private accessor drawn: readonly Drawn[] | undefined;
	private open = false;

	/** Something was used: what is shown is looked up anew. */
	async refresh(): Promise<void> {
		if (!this.open) return;
		const lines = await this.attempt(() => call("drawn", "look", ""));
		if (lines !== undefined && this.open) this.drawn = lines.split("\n").flatMap(read);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.drawn = undefined;
	}

	override render(): TemplateResult {
		return html`<details class="card" @toggle=${this.toggled}>
			<summary>${t("generator_history")}</summary>
			<div class="stack tight">
				<p class="hint">${t("generator_history_text")}</p>
				${problem(this.failure)} ${this.drawn ? this.list(this.drawn) : nothing}
			</div>
		</details>`;
	}

	private list(drawn: readonly Drawn[]): TemplateResult {
		if (drawn.length === 0) return html`<p class="soft">${t("generator_history_none")}</p>`;
		return html`<ul aria-label=${t("generator_history")}>
				${drawn.map(({ at, value }) => {
					const name = t("generator_history_copy", { at: moment(at) });
					return html`<li>
						<div>
							<p class="value mono" translate="no">${colored(value)}</p>
							<p class="hint">${moment(at)}</p>
						</div>
						<button
							class="icon-only"
							aria-label=${name}
							title=${name}
							@click=${() => copySecret(this, t("generator_said_value"), value)}
						>
							${icon("copy")}
						</button>
					</li>`;
				})}
			</ul>
			<div>
				<button class="danger" ?disabled=${this.busy} @click=${this.erase}>
					${icon("trash")}${t("generator_history_erase")}
				</button>
			</div>`;
	}

	private readonly toggled = (event: Event & { currentTarget: HTMLDetailsElement }): void => {
		this.open = event.currentTarget.open;
		this.drawn = undefined;
		void this.refresh();
	};

	private readonly erase = async (): Promise<void> => {
		await this.attempt(async () => {
			await call("drawn", "erase", "");
			this.drawn = [];
			say(this, { text: t("generator_history_erased") });
		});
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("summary")?.focus();
	};
}

/** `seconds value`, as the session writes a line. */
function read(line: string): Drawn[] {
	const blank = line.indexOf(" ");
	return blank < 0 ? [] : [{ at: Number(line.slice(0, blank)), value: line.slice(blank + 1) }];
}
