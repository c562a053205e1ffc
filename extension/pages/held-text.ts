import { html, type TemplateResult } from "lit";
import { type Key, moment, t } from "../ui/text.ts";
import type { Held } from "../wasm/sigill.js";

const ROUND: { readonly [L in Held["lifts"]]: Key } = {
	this_device: "held_way_here",
	factor: "held_way_factor",
	elsewhere: "held_way_elsewhere",
};

export function heldTitle({ until }: Held): string {
	return t("held_title", { time: moment(until) });
}

/** Why acts wait, what goes on meanwhile, and the way round. */
export function heldText({ lifts }: Held): TemplateResult {
	return html`<p class="small">${t("held_text")}</p>
		<p class="small">${t(ROUND[lifts])}</p>`;
}
