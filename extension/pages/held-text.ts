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

/** Why acts wait, and what goes on meanwhile. */
export function heldWhy(): TemplateResult {
	return html`<p>${t("held_text")}</p>`;
}

/** Who doesn't have to wait. */
export function heldRound({ lifts }: Held): TemplateResult {
	return html`<p>${t(ROUND[lifts])}</p>`;
}
