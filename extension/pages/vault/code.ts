import { css, html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t, textOf } from "../../ui/text.ts";
import type { Codes, OneTimeCode } from "../../wasm/sigill.js";
import { copySecret } from "../copy.ts";
import { Screen } from "../screen.ts";
import { itemSheet } from "./item-sheet.ts";

/** From how many seconds on it also shows what comes next: the time that typing takes. */
const SOON = 10;

type Clock = Extract<Codes, { by: "clock" }>;

/** The one-time code of an entry's key, and how long it is good. */
@customElement("sg-code")
export class Code extends Screen {
	static override styles = [
		...Screen.styles,
		itemSheet,
		css`
			.digits {
				font: 500 1.5rem / 1.3 var(--mono);
				letter-spacing: 0.04em;
				white-space: nowrap;
			}
			dd {
				display: flex;
				flex-wrap: wrap;
				align-items: baseline;
				gap: 0 var(--s3);
			}
			.soon {
				visibility: hidden;
				white-space: nowrap;
			}
			.is-soon .soon {
				visibility: visible;
			}
			.ring {
				position: relative;
				display: grid;
				place-items: center;
				flex: none;
				inline-size: 2.25rem;
				block-size: 2.25rem;
				font-size: var(--text-xs);
				font-variant-numeric: tabular-nums;
				color: var(--ink-soft);
			}
			.ring svg {
				position: absolute;
				inset: 0;
				fill: none;
				stroke-width: 2.5;
			}
			.track {
				stroke: var(--line);
			}
			.rest {
				stroke: var(--accent);
				stroke-linecap: round;
				transition: stroke-dashoffset 1s linear;
			}
			.is-soon .rest {
				stroke: var(--amber);
			}
			@media (prefers-reduced-motion: reduce) {
				.rest {
					transition: none;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor entry = "";
	/** Which field of the person's own holds the key; none for the entry's first key. */
	@property({ attribute: false }) accessor at: number | undefined;
	/** What that field is called. */
	@property({ attribute: false }) accessor name = "";
	/** The key as it stands there; with another one the codes are asked for again. */
	@property({ attribute: false }) accessor held = "";
	@property({ attribute: false }) accessor readOnly = false;
	@state() private accessor codes: Codes | undefined;
	@state() private accessor counted: OneTimeCode | undefined;
	/** Seconds for which the code that shows is still good. */
	@state() private accessor left = 0;
	private until = 0;
	private timer: ReturnType<typeof setTimeout> | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		document.addEventListener("visibilitychange", this.tick);
		this.tick();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		document.removeEventListener("visibilitychange", this.tick);
		clearTimeout(this.timer);
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("entry") || changed.has("at")) this.counted = undefined;
		if (changed.has("entry") || changed.has("at") || changed.has("held")) void this.load();
	}

	private async load(): Promise<void> {
		const { entry, at } = this;
		const asked = Math.floor(Date.now() / 1000);
		try {
			const codes = await call("oneTimeCode", entry, at);
			if (entry !== this.entry || at !== this.at) return;
			this.codes = codes;
			this.failure = undefined;
			if (codes.by !== "clock") return;
			this.until = asked + codes.left;
			this.tick();
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	/** Once a second; who does not look is not counted for, and does not keep the worker awake. */
	private readonly tick = (): void => {
		clearTimeout(this.timer);
		if (this.codes?.by !== "clock" || document.hidden || !this.isConnected) return;
		const now = Date.now() / 1000;
		this.left = Math.ceil(this.until - now);
		if (this.left > 0) this.timer = setTimeout(this.tick, 1000 * (1 - (now % 1)));
		else void this.load();
	};

	override render(): TemplateResult | typeof nothing {
		const { codes } = this;
		const isSoon = codes?.by === "clock" && this.left <= SOON;
		return html`<div class="line ${isSoon ? "is-soon" : ""}">
				<dl>
					<dt>${this.label}</dt>
					<dd>${codes ? this.code(codes) : t("loading")}</dd>
				</dl>
				${codes?.by === "clock" ? this.ring(codes) : nothing} ${this.press(codes)}
			</div>
			${problem(this.failure)}`;
	}

	private get label(): string {
		return this.name === "" ? t("otp_code") : t("otp_code_of", { name: this.name });
	}

	private code(codes: Codes): TemplateResult | string {
		switch (codes.by) {
			case "clock":
				return html`<span class="digits">${codes.now.shown}</span>
					<span class="small soft soon">${t("otp_next", { code: codes.next.shown })}</span>`;
			case "counter":
				return this.counted
					? html`<span class="digits">${this.counted.shown}</span>`
					: html`<span class="small soft">${t("otp_counts")}</span>`;
			case "nothing":
				return html`<span class="small soft">${textOf(codes.why) ?? ""} ${t("otp_edit")}</span>`;
		}
	}

	/** It empties as time runs out. A timer is not read out by itself. */
	private ring({ now, period }: Clock): TemplateResult {
		const left = Math.max(0, this.left);
		const gone = 100 * (1 - left / period);
		const circle = svg`<circle class="rest" cx="18" cy="18" r="15" pathLength="100" stroke-dasharray="100"
			stroke-dashoffset=${gone} transform="rotate(-90 18 18)" />`;
		return html`<span class="ring" role="timer" aria-label=${t("otp_left", { s: left })}>
			<svg viewBox="0 0 36 36" aria-hidden="true">
				<circle class="track" cx="18" cy="18" r="15" />
				${keyed(now.text, circle)}
			</svg>
			<span aria-hidden="true">${left}</span>
		</span>`;
	}

	private press(codes: Codes | undefined): TemplateResult | typeof nothing {
		const code = codes?.by === "clock" ? codes.now : codes?.by === "counter" ? this.counted : undefined;
		const { name } = this;
		const copy = t("copy", { what: name === "" ? t("what_code") : t("what_code_of", { name }) });
		return html`${
			codes?.by === "counter" && !this.readOnly
				? html`<button ?disabled=${this.busy} @click=${this.count}>${t("otp_count")}</button>`
				: nothing
		}
		${
			code
				? html`<button
						class="icon-only"
						aria-label=${copy}
						title=${copy}
						@click=${() => copySecret(this, this.label, code.text)}
					>
						${icon("copy")}
					</button>`
				: nothing
		}`;
	}

	private readonly count = async (): Promise<void> => {
		const { entry, at } = this;
		const counted = await this.attempt(() => call("nextCode", entry, at));
		if (counted) this.counted = counted;
	};
}
