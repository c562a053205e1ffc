import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, secretField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { count, t, textOf } from "../../ui/text.ts";
import type { OtpRead } from "../../wasm/sigill.js";
import { isPopup } from "../page.ts";
import { Screen } from "../screen.ts";

type Key = Extract<OtpRead, { is: "key" }>;

/** The field of a key for one-time codes: typed, pasted, or taken from a QR code. */
@customElement("sg-otp")
export class OtpField extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.ways {
				gap: 0 var(--s2);
			}
			.over {
				outline: 2px dashed var(--ink-soft);
				outline-offset: var(--s1);
			}
			.notice {
				margin-block-start: var(--s2);
			}
			.found {
				display: grid;
				gap: var(--s2);
			}
			.found .who {
				display: grid;
				flex: 1;
				min-inline-size: 8rem;
				overflow-wrap: anywhere;
			}
		`,
	];

	@property({ attribute: false }) accessor label = "";
	@property({ attribute: false }) accessor value = "";
	@property({ attribute: false }) accessor input: (value: string) => void = () => {};
	@state() private accessor read: OtpRead | undefined;
	/** What the QR codes say, until one is taken. */
	@state() private accessor found: readonly OtpRead[] | undefined;
	@state() private accessor focused = false;
	@state() private accessor over = false;
	private begun: string | undefined;
	private reading: Promise<void> = Promise.resolve();

	protected override willUpdate(changed: PropertyValues): void {
		this.begun ??= this.value;
		if (changed.has("value")) this.reading = this.look(this.value);
	}

	private async look(text: string): Promise<void> {
		try {
			const read = text.trim() === "" ? undefined : await call("readOtp", text);
			if (text === this.value) this.read = read;
		} catch (thrown) {
			await this.failed(thrown);
		}
	}

	/** Whether what was typed is no key; what stood there before may be none. */
	async isWrong(): Promise<boolean> {
		await this.updateComplete;
		await this.reading;
		return this.read?.is === "nothing" && this.value !== this.begun;
	}

	override async focusStart(): Promise<void> {
		this.focused = false; // what is wrong shows at once
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("input")?.focus();
	}

	override render(): TemplateResult {
		return html`<div
			class=${this.over ? "over" : ""}
			@focusin=${this.enter}
			@focusout=${this.leave}
			@dragover=${this.drag}
			@dragleave=${this.dragged}
			@drop=${this.drop}
		>
			${secretField(
				{
					id: "key",
					label: this.label,
					value: this.value,
					hint: this.hint(),
					error: this.error(),
					input: (value) => this.put(value),
				},
				{ named: this.label },
			)}
			${isPopup ? this.tabWay() : this.fileWay()} ${problem(this.failure, "scan")}
			<div role="status">${this.found ? this.taking(this.found) : nothing}</div>
		</div>`;
	}

	private hint(): string {
		if (this.read?.is !== "key") return t("edit_totp_hint");
		const who = whose(this.read);
		return who === "" ? t("otp_good") : t("otp_good_of", { who });
	}

	/** Whoever types is not told that nothing stands there yet. */
	private error(): string | undefined {
		if (this.read?.is !== "nothing") return undefined;
		if (this.focused && this.read.why === "otp_no_secret") return undefined;
		return textOf(this.read.why);
	}

	private tabWay(): TemplateResult {
		return html`<div class="row ways">
			<button type="button" class="quiet" ?disabled=${this.busy} @click=${this.scanTab}>
				${icon("qr")}${t("qr_scan_tab")}
			</button>
		</div>`;
	}

	private fileWay(): TemplateResult {
		return html`<div class="row ways">
				<button type="button" class="quiet" ?disabled=${this.busy} @click=${() => this.picker?.click()}>
					${icon("qr")}${t("qr_scan_file")}
				</button>
				<input
					type="file"
					hidden
					accept="image/*"
					aria-label=${t("qr_scan_file")}
					@change=${this.picked}
				/>
			</div>
			<p class="small soft">${t("qr_drop")}</p>`;
	}

	/** What was found is seen before it is taken. */
	private taking(found: readonly OtpRead[]): TemplateResult | typeof nothing {
		const keys = found.filter(isOffered);
		if (keys.length === 0) return problem(noKey(found), "scan");
		const others = found.length - keys.length;
		return html`<section class="notice" aria-labelledby="found">
			<h2 id="found" class="label" tabindex="-1">${count("qr_found", keys.length)}</h2>
			<ul class="found">
				${keys.map((key) => this.offer(key))}
			</ul>
			${others > 0 ? html`<p class="small soft">${count("qr_others", others)}</p>` : nothing}
			<div><button type="button" class="quiet" @click=${this.forget}>${t("qr_leave")}</button></div>
		</section>`;
	}

	private offer(key: Key): TemplateResult {
		const who = whose(key) || t("qr_nobody");
		return html`<li class="row between">
			<span class="who"><b>${key.issuer || who}</b>${key.issuer && key.account ? html`<span class="small">${key.account}</span>` : nothing}</span>
			<button type="button" class="primary" aria-label=${t("qr_take_of", { who })} @click=${() => this.take(key)}>
				${t("qr_take")}
			</button>
		</li>`;
	}

	private put(value: string): void {
		this.found = undefined;
		this.failure = undefined;
		this.input(value);
	}

	private take(key: Key): void {
		this.put(key.text);
		void this.focusStart();
	}

	private readonly forget = (): void => {
		this.found = undefined;
		void this.focusStart();
	};

	private readonly scanTab = () => this.scan(({ codesOnTab }) => codesOnTab());

	private async scan(codes: (qr: typeof import("../qr.ts")) => Promise<string[]>): Promise<void> {
		this.found = undefined;
		const found = await this.attempt(async () => {
			const texts = await codes(await import("../qr.ts"));
			return Promise.all(texts.map((text) => call("readOtp", text)));
		});
		if (!found) return;
		this.found = found;
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("#found")?.focus();
	}

	private get picker(): HTMLInputElement | null {
		return this.renderRoot.querySelector("input[type=file]");
	}

	private readonly picked = (): void => {
		const file = this.picker?.files?.[0];
		if (this.picker) this.picker.value = "";
		if (file) void this.scan(({ codesInFile }) => codesInFile(file));
	};

	private readonly enter = (): void => {
		this.focused = true;
	};

	private readonly leave = (): void => {
		this.focused = false;
	};

	private readonly drag = (event: DragEvent): void => {
		if (this.busy || isPopup) return;
		event.preventDefault();
		this.over = true;
	};

	private readonly dragged = (): void => {
		this.over = false;
	};

	private readonly drop = (event: DragEvent): void => {
		if (isPopup) return;
		event.preventDefault();
		this.over = false;
		const file = event.dataTransfer?.files[0];
		if (file) void this.scan(({ codesInFile }) => codesInFile(file));
	};
}

/** Any word of a QR code may be a bare key. */
function isOffered(read: OtpRead): read is Key {
	return read.is === "key" && read.address;
}

function whose({ issuer, account }: Key): string {
	return [issuer, account].filter((part) => part !== "").join(" · ");
}

function noKey(found: readonly OtpRead[]): string {
	if (found.length === 0) return t("qr_none");
	const [first] = found;
	const isSeveral = first?.is === "nothing" && first.why === "otp_several";
	return isSeveral ? t("otp_several") : count("qr_no_key", found.length);
}
