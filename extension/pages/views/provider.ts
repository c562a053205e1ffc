import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem } from "../../ui/field.ts";
import { language, t } from "../../ui/text.ts";
import type { Found, Provider, ProviderSignIn } from "../../wasm/sigill.js";
import { failedWith } from "../failure.ts";
import { Looking } from "../looking.ts";
import { Screen } from "../screen.ts";

declare global {
	interface HTMLElementEventMap {
		"sigill-found": CustomEvent<Found>;
	}
}

/** A person who signs in elsewhere is asked after now and then. */
const LOOK_MS = 2000;
/** The pause after which an address is taken as typed. */
const TYPED_MS = 600;

/** Signs in by a third-party provider: in a tab of the service, while this page waits with the same four words. */
@customElement("sg-provider")
export class SignInByProvider extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.words {
				display: grid;
				grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr));
				gap: var(--s2);
			}
			.words li {
				padding: var(--s3) var(--s2);
				border-radius: var(--round-m);
				background: var(--sunken);
				text-align: center;
				font: 500 var(--text-m) / 1.2 var(--mono);
			}
		`,
	];

	@property() accessor service = "";
	@property() accessor deviceName = "";
	@state() private accessor providers: readonly Provider[] = [];
	@state() private accessor begun: ProviderSignIn | undefined;
	private asking: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		super();
		new Looking(this, LOOK_MS, () => this.look());
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.asking);
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (!changed.has("service")) return;
		const service = this.service.trim();
		const isFirst = changed.get("service") === undefined || changed.get("service") === "";
		clearTimeout(this.asking);
		// What is still being typed names hosts that nobody meant.
		this.asking = setTimeout(() => void this.list(service), isFirst ? 0 : TYPED_MS);
	}

	/** An address that leads nowhere has none. */
	private async list(service: string): Promise<void> {
		const providers = URL.canParse(service) ? await call("providers", service).catch(() => []) : [];
		if (service === this.service.trim()) this.providers = providers;
	}

	override render(): TemplateResult | typeof nothing {
		if (this.begun) return this.waiting(this.begun);
		if (this.providers.length === 0) return nothing;
		return html`<section class="stack tight" aria-labelledby="providers">
			<h2 id="providers" class="label">${t("provider_title")}</h2>
			${this.providers.map(
				(provider) =>
					html`<button type="button" class="wide" ?disabled=${this.busy} @click=${() => this.begin(provider)}>
						${t("provider_in", { provider: provider.label })}
					</button>`,
			)}
			${problem(this.failure)}
		</section>`;
	}

	private waiting({ words }: ProviderSignIn): TemplateResult {
		return html`<section class="card stack" aria-labelledby="waits">
			<h2 id="waits">${t("provider_waits")}</h2>
			<p class="small">${t("provider_waits_text")}</p>
			<ul class="words" aria-label=${t("provider_words")}>
				${words.map((word) => html`<li>${word}</li>`)}
			</ul>
			<div role="status"><progress aria-label=${t("provider_waits")}></progress></div>
			${problem(this.failure)}
			<button type="button" class="link" @click=${this.stop}>${t("cancel")}</button>
		</section>`;
	}

	private async begin({ name }: Provider): Promise<void> {
		const by = {
			service: this.service.trim(),
			provider: name,
			deviceName: this.deviceName.trim(),
			language: language(),
		};
		const begun = await this.attempt(() => call("beginSignIn", by));
		if (!begun) return;
		this.begun = begun;
		await chrome.tabs.create({ url: begun.url });
	}

	private readonly stop = (): void => {
		this.begun = undefined;
		this.failure = undefined;
	};

	private async look(): Promise<void> {
		if (!this.begun) return;
		try {
			this.met(await call("signInProgress"));
		} catch (thrown) {
			await this.gone(thrown);
		}
	}

	private met(found: Found | undefined): void {
		if (found === undefined || !this.begun) return;
		this.begun = undefined;
		this.dispatchEvent(new CustomEvent("sigill-found", { detail: found, bubbles: true, composed: true }));
	}

	/** A service that is away may come back; what is over is over. */
	private async gone(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "service_unreachable", "busy")) return;
		this.begun = undefined;
		await this.failed(thrown);
	}
}
