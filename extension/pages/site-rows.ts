import { html, type TemplateResult } from "lit";
import type { Settings } from "../storage/index.ts";
import { t } from "../ui/text.ts";

type Set = (changes: Partial<Settings>) => unknown;

/** What Sigill does on websites. */
export function siteRows({ fillAtOnce, sitePasskeys, sitePasskeysOff }: Settings, set: Set): TemplateResult {
	const change = ({ currentTarget }: Event & { currentTarget: HTMLSelectElement }) =>
		set({ sitePasskeys: currentTarget.value === "on" });
	const fill = ({ currentTarget }: Event & { currentTarget: HTMLSelectElement }) =>
		set({ fillAtOnce: currentTarget.value === "on" });
	return html`<section class="stack tight" aria-labelledby="sites">
		<h2 id="sites">${t("settings_sites")}</h2>
		<div class="card">
			<div class="setting">
				<label for="fill-at-once">${t("settings_fill")}</label>
				<select id="fill-at-once" aria-describedby="fill-at-once-hint" @change=${fill}>
					<option value="off" ?selected=${!fillAtOnce}>${t("settings_fill_chosen")}</option>
					<option value="on" ?selected=${fillAtOnce}>${t("settings_fill_at_once")}</option>
				</select>
				<p class="hint" id="fill-at-once-hint">${t("settings_fill_text")}</p>
			</div>
			<div class="setting">
				<label for="site-passkeys">${t("settings_site_passkeys")}</label>
				<select id="site-passkeys" @change=${change}>
					<option value="on" ?selected=${sitePasskeys}>${t("settings_site_passkeys_on")}</option>
					<option value="off" ?selected=${!sitePasskeys}>${t("settings_site_passkeys_off")}</option>
				</select>
				<p class="hint">${t("settings_site_passkeys_text")}</p>
			</div>
			${sitePasskeysOff.map((host) => again(host, sitePasskeysOff, set))}
		</div>
	</section>`;
}

function again(host: string, off: readonly string[], set: Set): TemplateResult {
	const ask = () => set({ sitePasskeysOff: off.filter((other) => other !== host) });
	return html`<div class="setting">
		<button class="wide" @click=${ask}>${t("settings_site_passkeys_again", { host })}</button>
	</div>`;
}
