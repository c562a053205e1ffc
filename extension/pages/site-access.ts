import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { changeSettings, onSettings, type Settings, settings } from "../storage/index.ts";
import { base, notices } from "../ui/base.ts";
import { buttons } from "../ui/controls.ts";
import { t } from "../ui/text.ts";

const sites = (): chrome.permissions.Permissions => ({
	origins: chrome.runtime.getManifest().host_permissions ?? [],
});

/** Where the person, or the browser, keeps Sigill out of sites: says what that costs, and asks. */
@customElement("sg-site-access")
export class SiteAccess extends LitElement {
	static override styles = [
		base,
		buttons,
		notices,
		css`
			:host(:not([always])) .notice {
				border-radius: 0;
			}
			.actions > button {
				flex: 0 1 auto;
			}
		`,
	];

	/** Also to somebody who chose to do without. */
	@property({ type: Boolean }) accessor always = false;
	@state() private accessor isGranted = true;
	@state() private accessor doesWithout = false;
	private stop: (() => void) | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		const take = ({ withoutSites }: Settings) => {
			this.doesWithout = withoutSites;
		};
		void settings().then(take);
		this.stop = onSettings(take);
		chrome.permissions.onAdded.addListener(this.look);
		chrome.permissions.onRemoved.addListener(this.look);
		this.look();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.stop?.();
		chrome.permissions.onAdded.removeListener(this.look);
		chrome.permissions.onRemoved.removeListener(this.look);
	}

	private readonly look = (): void => {
		void chrome.permissions.contains(sites()).then((isGranted) => {
			this.isGranted = isGranted;
		});
	};

	/** An element without content would still take its row of a grid. */
	protected override willUpdate(): void {
		this.hidden = this.isGranted || (this.doesWithout && !this.always);
	}

	override render(): TemplateResult | typeof nothing {
		if (this.hidden) return nothing;
		return html`<section class="notice amber" aria-labelledby="title">
			<h2 class="label" id="title">${t("site_access_title")}</h2>
			<p class="small">${t("site_access_text")}</p>
			<div class="actions">
				<button class="primary" @click=${this.ask}>${t("site_access_allow")}</button>
				${this.always ? nothing : html`<button @click=${this.leave}>${t("site_access_without")}</button>`}
			</div>
		</section>`;
	}

	/** Browsers hear this only as part of a press: nothing is waited for before. */
	private readonly ask = (): void => {
		void chrome.permissions.request(sites()).then(this.look, this.look);
	};

	private readonly leave = (): void => {
		void changeSettings({ withoutSites: true });
	};
}
