import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, secretField } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { day, pieces, t } from "../../ui/text.ts";
import type { Timeline as Data, TimelineEntry } from "../../wasm/sigill.js";
import { refuseMasterPassword } from "../account-password.ts";
import { go, say } from "../events.ts";
import { failedWith } from "../failure.ts";
import { Screen } from "../screen.ts";
import { entryLine } from "./timeline-entry.ts";
import { timelineSheet } from "./timeline-sheet.ts";

const VERIFY = html`<code>sigill-service verify-timeline</code>`;

/** What happened in the account: verified by the session, grouped by day. */
@customElement("sg-timeline")
export class Timeline extends Screen {
	static override styles = [...Screen.styles, timelineSheet];

	@state() private accessor data: Data | undefined;
	@state() private accessor asksPassword = false;
	@state() private accessor password = "";

	override connectedCallback(): void {
		super.connectedCallback();
		if (this.status.account) void this.load();
	}

	private async load(): Promise<void> {
		const data = await this.attempt(() => call("timeline"));
		if (!data) return;
		this.data = data;
		this.asksPassword = false;
	}

	protected override async failed(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "password_needed")) {
			this.asksPassword = true;
			void this.focusStart();
			return;
		}
		if (this.asksPassword && failedWith(thrown, "proof_rejected")) {
			this.failure = t("timeline_password_wrong");
			return;
		}
		await super.failed(thrown);
	}

	override render(): TemplateResult {
		return html`<div class="page">
			<div class="stack tight">
				<h1 tabindex="-1">${t("timeline_title")}</h1>
				<p class="soft">${t("timeline_intro")}</p>
			</div>
			${this.body()}
		</div>`;
	}

	private body(): TemplateResult {
		if (!this.status.account) return this.none();
		if (this.asksPassword) return this.asking();
		if (this.data) return this.shown(this.data);
		if (!this.failure) return html`<p role="status">${t("loading")}</p>`;
		return html`${problem(this.failure)}
			<button ?disabled=${this.busy} @click=${this.load}>${t("again")}</button>`;
	}

	private none(): TemplateResult {
		const out = this.status.sync.state === "signed_out";
		return html`<p>${t(out ? "sync_signed_out" : "timeline_none")}</p>
			<button class="primary" @click=${() => go(this, { view: "account" })}>${t("nav_account")}</button>`;
	}

	private asking(): TemplateResult {
		return html`<form class="card stack" @submit=${this.open}>
			<h2>${t("timeline_password_title")}</h2>
			<p>${t("timeline_password_text")}</p>
			${secretField(
				{
					id: "password",
					label: t("connect_password"),
					value: this.password,
					input: (value) => {
						this.password = value;
					},
					autocomplete: "current-password",
					error: this.failure,
					first: true,
				},
				"what_account_password",
			)}
			<button class="primary" ?disabled=${this.busy}>${t("timeline_password_submit")}</button>
		</form>`;
	}

	private async open(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		if (this.password === "") {
			this.failure = t("connect_password_missing");
			return;
		}
		const opened = await this.attempt(async () => {
			await refuseMasterPassword(this.status, this.password);
			await call("openTimeline", this.password);
			return true;
		});
		if (!opened) return;
		this.password = "";
		await this.load();
	}

	private shown({ entries, brokenAt }: Data): TemplateResult {
		return html`${brokenAt === undefined ? this.verified(entries) : this.broken(brokenAt)}
			${problem(this.failure)}
			${byDay(entries).map(
				([at, of], number) => html`<section class="day" aria-labelledby="day-${number}">
					<h2 id="day-${number}">${at}</h2>
					<ol class="card" aria-labelledby="day-${number}">${of.map(entryLine)}</ol>
				</section>`,
			)}
			<section class="stack tight">
				<button ?disabled=${this.busy} @click=${this.save}>${t("timeline_export")}</button>
				<p class="small soft">${pieces("timeline_export_text", { command: VERIFY })}</p>
				<details>
					<summary>${t("timeline_limits")}</summary>
					<p class="small soft">${t("timeline_limits_text")}</p>
				</details>
			</section>`;
	}

	private verified(entries: readonly TimelineEntry[]): TemplateResult {
		if (entries.length === 0) return html`<p>${t("timeline_empty")}</p>`;
		return html`<p class="mark" role="status">${icon("done")}<span>${t("timeline_verified")}</span></p>`;
	}

	private broken(seq: number): TemplateResult {
		return html`<div class="notice wax" role="alert">
			<h2>${icon("warn")} ${t("timeline_broken_title")}</h2>
			<p>${t("timeline_broken_text", { n: seq })}</p>
		</div>`;
	}

	private async save(): Promise<void> {
		const text = await this.attempt(() => call("timelineFile"));
		if (text === undefined) return;
		const link = document.createElement("a");
		link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
		link.download = "sigill-timeline.json";
		link.click();
		URL.revokeObjectURL(link.href);
		say(this, { text: t("timeline_exported") });
	}
}

/** Entries in their order, under the day that they are of. */
function byDay(entries: readonly TimelineEntry[]): [string, TimelineEntry[]][] {
	const days: [string, TimelineEntry[]][] = [];
	for (const entry of entries) {
		const of = day(entry.at);
		const last = days.at(-1);
		if (last?.[0] === of) last[1].push(entry);
		else days.push([of, [entry]]);
	}
	return days;
}
