import { html, nothing, svg, type TemplateResult } from "lit";
import { count, t } from "../../ui/text.ts";
import type { Act, Loss, Side } from "../../wasm/sigill.js";

/** What of the two sets an act takes away. */
const GOES: { readonly [A in Act["act"]]: { readonly here: boolean; readonly cloud: boolean } } = {
	clear_this_device: { here: true, cloud: false },
	clear_everywhere: { here: true, cloud: true },
	replace_cloud: { here: false, cloud: true },
	restore_cloud: { here: true, cloud: true },
	restore_device: { here: true, cloud: false },
	reset_master_password: { here: true, cloud: true },
	renew_master_password: { here: false, cloud: false },
	turn_sync_off: { here: false, cloud: false },
	turn_sync_on: { here: false, cloud: false },
	disconnect: { here: false, cloud: false },
};

/** Two overlapping sets and their numbers; one set where no account has a second. Of nothing there is no picture. */
export function picture(loss: Loss, connected: boolean): TemplateResult | typeof nothing {
	const { alike, onlyHere, onlyInCloud, differing } = loss;
	if (alike + onlyHere.count + onlyInCloud.count + differing.count === 0) return nothing;
	return html`<figure aria-label=${t("loss_picture")}>
		${connected ? both(loss) : nothing}
		${connected && loss.inStep ? html`<p class="small soft">${t("loss_in_step")}</p>` : nothing} ${sides(loss, connected)}
	</figure>`;
}

function both(loss: Loss): TemplateResult {
	const goes = GOES[loss.act.act];
	const here = goes.here ? "goes" : "";
	const cloud = goes.cloud && loss.reach === "cloud" ? "goes" : "";
	const differs = loss.differing.count;
	return html`<svg class="sets" viewBox="50 0 260 168" aria-hidden="true">
		<circle class=${here} cx="138" cy="92" r="72" />
		<circle class=${cloud} cx="222" cy="92" r="72" />
		<path class="both ${goes.here && cloud !== "" ? "goes" : ""}" d="M180 33.5a72 72 0 0 1 0 117a72 72 0 0 1 0-117" />
		<circle class="over ${here}" cx="138" cy="92" r="72" />
		<circle class="over ${cloud}" cx="222" cy="92" r="72" />
		<text class="name" x="120" y="12">${t("where_this_device")}</text>
		<text class="name" x="240" y="12">${t("where_cloud")}</text>
		<text x="104" y="99">${loss.onlyHere.count}</text>
		<text x="180" y=${differs > 0 ? 90 : 99}>${loss.alike + differs}</text>
		${differs > 0 ? svg`<text class="differs" x="180" y="114">${count("loss_differ", differs)}</text>` : nothing}
		<text x="256" y="99">${loss.onlyInCloud.count}</text>
	</svg>`;
}

function sides(loss: Loss, connected: boolean): TemplateResult {
	if (!connected) return html`<dl class="sides">${side(t("loss_only_here"), loss.onlyHere)}</dl>`;
	return html`<dl class="sides">
		${side(t("loss_only_here"), loss.onlyHere)} ${side(t("loss_only_in_cloud"), loss.onlyInCloud)}
		${side(t("loss_differing"), loss.differing)} ${side(t("loss_alike"), { count: loss.alike, names: [] })}
	</dl>`;
}

function side(name: string, { count: n, names }: Side): TemplateResult | typeof nothing {
	if (n === 0) return nothing;
	const more = n - names.length;
	return html`<div>
		<dt>${name}</dt>
		<dd class="n">${count("entries", n)}</dd>
		${
			names.length > 0
				? html`<dd>
						<ul class="names" aria-label=${name}>
							${names.map((entry) => html`<li>${entry}</li>`)}
							${more > 0 ? html`<li class="soft">${count("import_more", more)}</li>` : nothing}
						</ul>
					</dd>`
				: nothing
		}
	</div>`;
}
