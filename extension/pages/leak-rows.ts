import { html, type TemplateResult } from "lit";
import { LEAK_SERVICE, leakRange, type Settings } from "../storage/index.ts";
import { textField } from "../ui/field.ts";
import { t } from "../ui/text.ts";

type Set = (changes: Partial<Settings>) => unknown;
type Chosen = Event & { currentTarget: HTMLSelectElement };

/** Whether leaked passwords may be looked up, and where. */
export function leakRows({ leakLookUp, leakService }: Settings, set: Set): TemplateResult {
	const isOne = leakRange(leakService, "00000") !== undefined;
	const change = ({ currentTarget }: Chosen) => set({ leakLookUp: currentTarget.value === "on" });
	const place = ({ target }: Event) => {
		if (target instanceof HTMLInputElement) set({ leakService: target.value.trim() || LEAK_SERVICE });
	};
	return html`<section class="stack tight" aria-labelledby="leaks">
		<h2 id="leaks">${t("settings_leaks")}</h2>
		<div class="card">
			<div class="setting">
				<label for="leak-look-up">${t("settings_leaks_look_up")}</label>
				<select id="leak-look-up" @change=${change}>
					<option value="off" ?selected=${!leakLookUp}>${t("settings_leaks_off")}</option>
					<option value="on" ?selected=${leakLookUp}>${t("settings_leaks_on")}</option>
				</select>
				<p class="hint">${t("leaks_what_leaves", { host: URL.parse(leakService)?.host ?? leakService })}</p>
			</div>
			<div class="setting" @change=${place}>
				<div class="wide">
					${textField(
						{
							id: "leak-service",
							label: t("settings_leaks_service"),
							hint: t("settings_leaks_service_text"),
							value: leakService,
							autocomplete: "url",
							input: () => {},
							error: isOne ? undefined : t("error_breach_address"),
						},
						"url",
					)}
				</div>
			</div>
		</div>
	</section>`;
}
