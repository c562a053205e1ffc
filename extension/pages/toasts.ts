import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { base } from "../ui/base.ts";
import { buttons } from "../ui/controls.ts";
import { icon } from "../ui/icon.ts";
import { t } from "../ui/text.ts";
import type { Toast } from "./events.ts";
import { failureText } from "./failure.ts";

const STAYS_S = 8;

interface Shown {
	toast: Toast;
	until: number;
}

/** Short messages at the foot of the page, read out once; the newest replaces the one before. */
@customElement("sg-toasts")
export class Toasts extends LitElement {
	static override styles = [
		base,
		buttons,
		css`
			/* It has room of its own at the foot, and stays in sight where a page is longer. */
			:host {
				position: sticky;
				inset-block-end: 0;
				z-index: 5;
				display: grid;
				justify-items: center;
				padding-inline: var(--s3);
				pointer-events: none;
			}
			.toast {
				display: flex;
				gap: var(--s2);
				align-items: center;
				max-inline-size: 30rem;
				margin-block: var(--s2);
				padding: var(--s1) var(--s1) var(--s1) var(--s4);
				border: var(--hairline) solid transparent; /* drawn where grounds are taken away */
				border-radius: var(--round-m);
				background: var(--ink);
				color: var(--paper);
				box-shadow: 0 6px 24px var(--shadow);
				pointer-events: auto;
				animation: rise var(--calm) var(--ease);
			}
			.text {
				padding-block: var(--s2);
				font-size: var(--text-s);
				overflow-wrap: anywhere;
			}
			.toast button,
			.toast button:hover:enabled {
				color: inherit;
				border-color: transparent;
				background: transparent;
			}
			.toast button.undo {
				text-decoration: underline;
				text-underline-offset: 0.2em;
				padding-inline: var(--s2);
			}
			.toast button:focus-visible {
				outline-color: var(--paper);
				outline-offset: -3px;
			}
			@keyframes rise {
				from {
					opacity: 0;
					transform: translateY(0.5rem);
				}
			}
		`,
	];

	@state() private accessor shown: Shown | undefined;
	private timer: ReturnType<typeof setInterval> | undefined;
	private closed = 0;

	show(toast: Toast): void {
		this.shown = { toast, until: Date.now() + (toast.seconds ?? STAYS_S) * 1000 };
		clearInterval(this.timer);
		this.timer = setInterval(() => this.tick(), 250);
	}

	private tick(): void {
		if (!this.shown || Date.now() >= this.shown.until) this.hide();
		else this.requestUpdate();
	}

	/** Nothing of what was open is said any more, nor what comes of an undo that is under way. */
	close(): void {
		this.closed += 1;
		this.hide();
	}

	private hide(): void {
		clearInterval(this.timer);
		this.shown = undefined;
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.timer);
	}

	override render(): TemplateResult {
		return html`<div aria-live="polite">${this.shown ? this.body(this.shown) : nothing}</div>`;
	}

	private body({ toast }: Shown): TemplateResult {
		const { undo } = toast;
		return html`<div class="toast">
			<span class="text">${toast.text}</span>
			${undo ? html`<button class="undo" @click=${() => this.back(undo)}>${t("undo")}</button>` : nothing}
			<button class="icon-only" aria-label=${t("close")} @click=${this.hide}>${icon("close")}</button>
		</div>`;
	}

	private async back(undo: () => Promise<string>): Promise<void> {
		this.hide();
		const before = this.closed;
		const text = await undo().catch(failureText);
		if (text !== undefined && before === this.closed) this.show({ text });
	}
}
