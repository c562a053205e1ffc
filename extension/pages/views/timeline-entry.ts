import { html, nothing, type TemplateResult } from "lit";
import { type Icon, icon } from "../../ui/icon.ts";
import { clock, t, textOf } from "../../ui/text.ts";
import type { TimelineEntry } from "../../wasm/sigill.js";

/** A picture beside each kind of event; others have the key. */
const PICTURES: Readonly<Record<string, Icon>> = {
	asked: "mail",
	done: "done",
	undone: "undo",
	cancelled: "close",
	superseded: "next",
	stale: "close",
	expired: "close",
	burnt: "warn",
	refused: "warn",
	not_me: "warn",
	frozen: "warn",
	vetoed: "warn",
	account_made: "account",
	signed_in: "device",
	signed_out: "device",
	timeline_opened: "show",
	sync_on: "cloud",
	sync_off: "cloud",
};

const TONES: Readonly<Record<string, "wax" | "good">> = {
	done: "wax",
	burnt: "wax",
	refused: "wax",
	not_me: "wax",
	frozen: "wax",
	undone: "good",
};

/** What happened, in the person's language. */
export function eventText({ event, act, why }: TimelineEntry): string {
	const params = {
		act: (act && textOf(`timeline_act_${act}`)) ?? "",
		why: (why && textOf(`timeline_why_${why}`)) ?? "",
	};
	return textOf(`timeline_event_${event}`, params) ?? event;
}

/** One line of the timeline. */
export function entryLine(entry: TimelineEntry): TemplateResult {
	return html`<li class="entry ${TONES[entry.event] ?? ""}">
		${icon(PICTURES[entry.event] ?? "key")}
		<div>
			<p>${eventText(entry)}</p>
			<p class="hint">${whereText(entry)}</p>
			${entry.words ? html`<p class="words">${t("timeline_words", { words: entry.words.join(" ") })}</p>` : nothing}
		</div>
		<div class="when">
			<time datetime=${new Date(entry.at * 1000).toISOString()}>${clock(entry.at)}</time>
			<span class="mark" title=${t("timeline_verified_entry")}>
				${icon("done")}<span class="visually-hidden">${t("timeline_verified_entry")}</span>
			</span>
		</div>
	</li>`;
}

function whereText({ device, this: here, network }: TimelineEntry): string {
	const name = device ?? t("timeline_unknown_device");
	const parts = here ? [name, t("account_this_device")] : [name];
	if (network === "here") parts.push(t("timeline_from_here"));
	if (network === "elsewhere") parts.push(t("timeline_from_elsewhere"));
	return parts.join(" · ");
}
