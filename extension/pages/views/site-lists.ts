import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import {
	DEFAULTS,
	type HostList,
	onSettings,
	type Settings,
	setListed,
	settings,
} from "../../storage/index.ts";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import { say } from "../events.ts";
import { Screen } from "../screen.ts";

/** The sites on which the person wants no help: listed, and taken back one by one. */
@customElement("sg-site-lists")
export class SiteLists extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.card {
				display: grid;
				gap: var(--s4);
			}
			li {
				display: flex;
				align-items: center;
				justify-content: space-between;
				gap: var(--s3);
				overflow-wrap: anywhere;
			}
		`,
	];

	@state() private accessor values: Settings = DEFAULTS;
	private stop: (() => void) | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		const take = (values: Settings) => {
			this.values = values;
		};
		void settings().then(take);
		this.stop = onSettings(take);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.stop?.();
	}

	override render(): TemplateResult {
		return html`<section class="stack tight" aria-labelledby="filling">
			<h2 id="filling">${t("settings_filling")}</h2>
			<div class="card">
				<p class="small soft">${t("settings_filling_text")}</p>
				${this.list("offSites", "settings_off_sites")} ${this.list("neverSave", "settings_never_save")}
			</div>
		</section>`;
	}

	private list(name: HostList, title: Key): TemplateResult | typeof nothing {
		const hosts = this.values[name];
		if (hosts.length === 0) return nothing;
		return html`<div class="stack tight">
			<h3>${t(title)}</h3>
			<ul>
				${[...hosts].sort().map(
					(host) =>
						html`<li>
							${host}
							<button
								class="icon-only"
								aria-label=${t("settings_sites_take_back", { host })}
								title=${t("settings_sites_take_back", { host })}
								@click=${() => this.takeBack(name, host)}
							>
								${icon("close")}
							</button>
						</li>`,
				)}
			</ul>
		</div>`;
	}

	private async takeBack(name: HostList, host: string): Promise<void> {
		this.values = await setListed(name, host, false);
		say(this, { text: t("settings_saved") });
	}
}
