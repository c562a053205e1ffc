import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import { go } from "../events.ts";
import { type SetKeys, setShortcuts, shortcuts, shortcutsSheet } from "../help/shortcuts.ts";
import type { Topic } from "../help/topic.ts";
import { type Content, type Part, TOPICS } from "../help/topics.ts";
import { keycaps } from "../keys.ts";
import { Screen } from "../screen.ts";
import { address, VAULT } from "../view.ts";
import { way, waysSheet } from "../ways.ts";

/** What can be asked, or the answer to it. */
@customElement("sg-help")
export class Help extends Screen {
	static override styles = [
		...Screen.styles,
		waysSheet,
		keycaps,
		shortcutsSheet,
		css`
			ol {
				display: grid;
				gap: var(--s3);
				padding-inline-start: var(--s5);
				list-style: decimal;
			}
			ol > li::marker {
				color: var(--accent);
				font-weight: 600;
			}
			ul {
				display: grid;
				gap: var(--s3);
			}
			ul.points {
				padding-inline-start: var(--s4);
				list-style: disc;
			}
			ul.points > li::marker {
				color: var(--line-strong);
			}
		`,
	];

	@property() accessor topic: Topic | undefined;
	@state() private accessor set: SetKeys = {};

	override connectedCallback(): void {
		super.connectedCallback();
		void setShortcuts().then((set) => {
			this.set = set;
		});
	}

	/** From one page of the help to another. */
	protected override willUpdate(changed: PropertyValues): void {
		if (this.hasUpdated && changed.has("topic")) void this.focusStart();
	}

	override render(): TemplateResult {
		return this.topic ? this.answer(TOPICS[this.topic]) : this.index();
	}

	private index(): TemplateResult {
		const topics = Object.entries(TOPICS) as [Topic, Content][];
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t("help_index_title")}</h1>
				<p class="soft">${t("help_index_text")}</p>
			</div>
			<ul class="ways">
				${topics.map(
					([topic, { picture, title, short }]) =>
						html`<li>${way(this, { view: "help", topic }, picture, { name: title, text: short })}</li>`,
				)}
			</ul>
		</div>`;
	}

	private answer({ title, text, parts }: Content): TemplateResult {
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t(title)}</h1>
				<p class="soft">${t(text)}</p>
			</div>
			${parts.map((part) => partOf(part))} ${this.topic === "keys" ? shortcuts(this.set) : nothing}
			<div class="actions">
				<a class="button" href=${address({ view: "help" })}>${icon("help")}${t("help_back")}</a>
				<button @click=${() => go(this, VAULT)}>${t("back")}</button>
			</div>
		</div>`;
	}
}

function partOf(part: Part): TemplateResult {
	if (part.as === "end") return html`<p class="notice wax">${t(part.line)}</p>`;
	const lines = part.lines.map((key) => html`<li>${t(key)}</li>`);
	const list = part.as === "steps" ? html`<ol>${lines}</ol>` : html`<ul class="points">${lines}</ul>`;
	return html`<section class="card stack" aria-labelledby=${part.title}>
		<h2 id=${part.title}>${t(part.title)}</h2>
		${part.lead ? html`<p>${t(part.lead)}</p>` : nothing}
		${lines.length > 0 ? list : nothing}
		${part.note ? html`<p class="soft">${t(part.note)}</p>` : nothing}
	</section>`;
}
