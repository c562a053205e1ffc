import { html, nothing, type TemplateResult } from "lit";
import { count, type Key, t } from "../ui/text.ts";
import type { Status } from "../wasm/sigill.js";
import { go } from "./events.ts";
import { openDanger } from "./open.ts";
import type { View } from "./view.ts";

/** What opens the vault, in the settings of an open one: each row leads to its own page. */
export function masterRows(from: EventTarget, status: Status): TemplateResult | typeof nothing {
	const { vault } = status;
	if (vault.state !== "open") return nothing;
	const forgotten = () => openDanger("renew_master_password", status);
	const passkeys = vault.passkeys.length;
	return html`${row(
		from,
		"change",
		["settings_master", "settings_master_change"],
		[html`<button class="link" @click=${forgotten}>${t("settings_master_forgotten")}</button>`],
	)}
	${row(from, "derivation", ["kdf_title", "settings_kdf"], [t("settings_kdf_text")])}
	${row(
		from,
		"passkeys",
		["passkeys_title", "settings_passkeys"],
		[passkeys === 0 ? t("passkeys_none") : count("passkeys_open", passkeys)],
	)}
	${row(
		from,
		"recovery",
		["recovery_code", vault.recovery ? "recovery_renew" : "settings_recovery_make"],
		[t(vault.recovery ? "settings_recovery_on" : "recovery_none")],
	)}
	${row(from, "export", ["export_title", "settings_export"], [t("settings_export_text")])}`;
}

function row(
	from: EventTarget,
	view: Exclude<View["view"], "vault">,
	[label, button]: readonly [Key, Key],
	[hint]: readonly [string | TemplateResult],
): TemplateResult {
	return html`<div class="setting">
		<p class="label">${t(label)}</p>
		<button @click=${() => go(from, { view })}>${t(button)}</button>
		<p class="hint">${hint}</p>
	</div>`;
}
