import { html, nothing, type TemplateResult } from "lit";
import { icon } from "../../ui/icon.ts";
import { count, type Key, moment, t } from "../../ui/text.ts";
import type { Act, Loss } from "../../wasm/sigill.js";

const WHERE: { readonly [A in Act["act"]]: Key } = {
	clear_this_device: "where_this_device",
	clear_everywhere: "where_everywhere",
	replace_cloud: "where_cloud",
	restore_cloud: "where_everywhere",
	restore_device: "where_this_device",
	reset_master_password: "where_everywhere",
	renew_master_password: "where_cloud",
	turn_sync_off: "where_this_device",
	turn_sync_on: "where_this_device",
	disconnect: "where_this_device",
};

/** What would be gone, from where, and until when that can be undone. Without an account no file was to be elsewhere. */
export function gone(loss: Loss, undoUntil: number | undefined, connected: boolean): TemplateResult {
	const where = t(loss.reach === "this_device" ? "where_this_device" : WHERE[loss.act.act]);
	if (loss.act.act === "renew_master_password" && loss.entries === 0) return stays();
	const entries =
		loss.entries === 0 ? t("loss_gone_none", { where }) : count("loss_gone", loss.entries, { where });
	const undo = undoUntil === undefined ? t("loss_no_undo") : t("loss_undo", { date: moment(undoUntil) });
	return html`<div class="loss">
		${loss.entries === 0 ? html`<p>${entries}</p>` : html`<p><strong>${entries}</strong> ${elsewhere(loss)}</p>`}
		${loss.filesOnlyHere === 0 || !connected ? nothing : html`<p><strong>${count("loss_files", loss.filesOnlyHere)}</strong></p>`}
		<p>${t("loss_nothing_yet")} ${undo}</p>
	</div>`;
}

/** How much of it nobody else has. */
function elsewhere({ entries, nowhereElse }: Loss): string {
	if (nowhereElse === 0) return t("loss_nowhere_else_none");
	return count(nowhereElse === entries ? "loss_nowhere_else_all" : "loss_nowhere_else", nowhereElse);
}

/** The entries stay; nothing is gone with the old keys. */
function stays(): TemplateResult {
	return html`<div class="loss">
		<p class="notice good marked">${icon("done")}<b>${t("renew_stays")}</b></p>
		<p>${t("loss_nothing_yet")}</p>
	</div>`;
}
