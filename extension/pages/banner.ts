import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { call } from "../background/client.ts";
import { problem } from "../ui/field.ts";
import { type Key, moment, t } from "../ui/text.ts";
import type { Connect, PauseReason, SyncState } from "../wasm/sigill.js";
import { go, stands } from "./events.ts";
import { heldTitle } from "./held-text.ts";
import { openDanger, type Purpose } from "./open.ts";
import { Screen } from "./screen.ts";
import { syncText } from "./sync-text.ts";
import type { View } from "./view.ts";

type Way =
	| { readonly name: Key; readonly connect: Connect }
	| { readonly name: Key; readonly danger: Purpose }
	| { readonly name: Key; readonly view: View }
	| { readonly name: Key; readonly again: true };

interface Pause {
	readonly title: Key;
	readonly text: Key;
	readonly ways: readonly Way[];
}

const AGAIN: Way = { name: "again", again: true };
const TAKE: Way = { name: "paused_take_cloud", connect: "download" };
const REPLACE: Way = { name: "paused_replace", danger: "replace_cloud" };

/** Every reason has its text and its ways on; the first is the one that keeps most. */
const PAUSES: { readonly [Reason in PauseReason]: Pause } = {
	cloud_cleared: {
		title: "paused_cloud_cleared_title",
		text: "paused_cloud_cleared",
		ways: [
			{ name: "paused_keep_here", connect: "upload" },
			{ name: "paused_clear", danger: "clear_this_device" },
		],
	},
	cloud_differs: {
		title: "paused_cloud_differs_title",
		text: "paused_cloud_differs",
		ways: [{ name: "paused_decide", view: { view: "differs" } }],
	},
	master_password_changed: {
		title: "paused_master_password_changed_title",
		text: "paused_master_password_changed",
		ways: [{ name: "paused_type_new", view: { view: "differs" } }],
	},
	cloud_restored: {
		title: "paused_cloud_restored_title",
		text: "paused_cloud_restored",
		ways: [TAKE, REPLACE],
	},
	rolled_back: {
		title: "paused_rolled_back_title",
		text: "paused_rolled_back",
		ways: [AGAIN, REPLACE],
	},
	unverified: {
		title: "paused_unverified_title",
		text: "paused_unverified",
		ways: [AGAIN, REPLACE],
	},
	cleared_here: {
		title: "paused_cleared_here_title",
		text: "paused_cleared_here",
		ways: [{ name: "welcome_download_again", connect: "download" }],
	},
	outdated: {
		title: "paused_outdated_title",
		text: "paused_outdated",
		ways: [AGAIN],
	},
	operation_pending: {
		title: "paused_operation_pending_title",
		text: "paused_operation_pending",
		ways: [{ name: "paused_operation_go", danger: "resume" }],
	},
};

/** What waits for the person, above whatever the page shows. */
@customElement("sg-banner")
export class Banner extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			.notice {
				border-radius: 0;
			}
			h2 {
				font: 600 var(--text-m) / 1.4 var(--sans);
			}
			.actions > button {
				flex: 0 1 auto;
				min-block-size: 2.25rem;
				padding-block: var(--s1);
			}
		`,
	];

	/** What stands below; that page says some of it itself. */
	@property() accessor above: View["view"] = "vault";

	override render(): TemplateResult {
		const { sync, unfinished, vault } = this.status;
		const waits = unfinished && unfinished.phase.phase !== "over" && unfinished.phase.phase !== "done";
		return html`${waits ? this.unfinished(t(`act_${unfinished.act.act}`)) : nothing}
		${vault.state === "open" && vault.unanchored ? this.unanchored() : nothing}
		${this.held()} ${this.sync(sync)}`;
	}

	/** Why, and what can be done, stands on the account's page. */
	private held(): TemplateResult | typeof nothing {
		const { held } = this.status;
		if (!held || this.above === "account") return nothing;
		return this.notice(
			heldTitle(held),
			nothing,
			html`<button @click=${() => go(this, { view: "account" })}>${t("held_open")}</button>`,
		);
	}

	private unfinished(act: string): TemplateResult {
		return this.notice(
			t("unfinished_title"),
			t("unfinished", { act }),
			html`<button class="primary" @click=${() => openDanger("resume", this.status)}>${t("unfinished_go")}</button>`,
		);
	}

	private unanchored(): TemplateResult {
		return this.notice(
			t("unlock_anchor_title"),
			t("unlock_anchor_text"),
			html`<button class="primary" @click=${() => go(this, { view: "unlock" })}>${t("done_anchor")}</button>`,
		);
	}

	private sync(sync: SyncState): TemplateResult | typeof nothing {
		switch (sync.state) {
			case "not_connected":
			case "on":
				return nothing;
			case "off":
				return this.quiet(syncText(sync));
			case "offline":
				return this.quiet(t("sync_offline"));
			case "signed_out":
				if (this.above === "account") return nothing; // that page says it
				return this.notice(
					t("sync_sign_in"),
					t("sync_signed_out"),
					html`<button @click=${() => go(this, { view: "connect" })}>${t("sync_sign_in")}</button>`,
				);
			case "paused":
				return this.paused(sync);
		}
	}

	/** The page of a device that holds nothing says it already. */
	private quiet(text: string): TemplateResult | typeof nothing {
		if (this.status.vault.state === "none") return nothing;
		return html`<section class="notice"><p class="small" role="status">${text}</p></section>`;
	}

	private paused({
		reason,
		device,
		at,
	}: Extract<SyncState, { state: "paused" }>): TemplateResult | typeof nothing {
		// The page itself says it already.
		if (reason === "cleared_here" && this.status.vault.state === "none") return nothing;
		if (reason === "operation_pending" && this.status.unfinished) return nothing;
		const pause = PAUSES[reason];
		const params = {
			device: device ?? t("paused_another_device"),
			time: at === undefined ? t("paused_some_time") : moment(at),
		};
		return this.notice(
			t(pause.title),
			t(pause.text, params),
			html`${pause.ways.map((way, at) => this.way(way, at === 0 ? "primary" : ""))}`,
		);
	}

	private way(way: Way, kind: string): TemplateResult {
		return html`<button class=${kind} ?disabled=${this.busy} @click=${() => this.take(way)}>${t(way.name)}</button>`;
	}

	private async take(way: Way): Promise<void> {
		if ("view" in way) {
			go(this, way.view);
			return;
		}
		if ("danger" in way) {
			await openDanger(way.danger, this.status);
			return;
		}
		const status = await this.attempt(() =>
			"connect" in way ? call("connect", way.connect, undefined) : call("syncNow"),
		);
		if (status) stands(this, status);
	}

	private notice(title: string, text: string | typeof nothing, ways: TemplateResult): TemplateResult {
		return html`<section class="notice amber" aria-label=${title}>
			<h2>${title}</h2>
			${text === nothing ? nothing : html`<p class="small">${text}</p>`}
			${problem(this.failure)}
			<div class="actions">${ways}</div>
		</section>`;
	}
}
