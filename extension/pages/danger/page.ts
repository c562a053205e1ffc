import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { base, notices } from "../../ui/base.ts";
import { buttons, fields } from "../../ui/controls.ts";
import { problem } from "../../ui/field.ts";
import { seal } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Act, Held, Loss, Operation, Status } from "../../wasm/sigill.js";
import { failureText } from "../failure.ts";
import { heldText, heldTitle } from "../held-text.ts";
import { helpLinkApart } from "../help/link.ts";
import type { Screen } from "../screen.ts";
import { Standing } from "../standing.ts";
import "../toasts.ts";
import type { Toasts } from "../toasts.ts";
import "./code.ts";
import "./done.ts";
import "./fresh.ts";
import "./kept.ts";
import "./loss.ts";
import "./not-linked.ts";
import "./over.ts";
import "./refused.ts";
import "./restore.ts";
import "./way.ts";
import { lossAnew } from "./anew.ts";
import { dismiss } from "./dismiss.ts";
import type { Note, Step } from "./step.ts";

const POLL_MS = 2000;

type Plain = Exclude<Act["act"], "restore_cloud">;
const PLAIN: readonly Plain[] = [
	"clear_this_device",
	"clear_everywhere",
	"replace_cloud",
	"restore_device",
	"reset_master_password",
	"renew_master_password",
	"turn_sync_off",
	"turn_sync_on",
	"disconnect",
];

/** A danger page: its own top-level page, one act at a time, taken up again where it was left. */
@customElement("sg-danger")
export class DangerPage extends LitElement {
	static override styles = [
		base,
		buttons,
		fields,
		notices,
		css`
			:host {
				min-block-size: 100dvh;
			}
			footer {
				padding: 0 var(--s4) var(--s6);
				text-align: center;
			}
			@media print {
				header,
				footer,
				aside {
					display: none;
				}
			}
			header {
				display: flex;
				justify-content: center;
				gap: var(--s2);
				align-items: center;
				padding: var(--s5) var(--s4) 0;
				font: 500 var(--text-l) / 1 var(--serif);
			}
		`,
	];

	private readonly standing = new Standing(this);
	@state() private accessor step: Step = { step: "begin" };
	@state() private accessor failure: string | undefined;
	private shown = "";
	private begun = false;
	private asking = false;
	private timer: ReturnType<typeof setInterval> | undefined;

	constructor() {
		super();
		this.addEventListener("sigill-step", ({ detail }) => this.turn(detail));
		this.addEventListener("sigill-act", ({ detail }) => void this.showLoss(detail));
		this.addEventListener("sigill-status", ({ detail }) => this.standing.take(detail));
		this.addEventListener("sigill-say", ({ detail }) => {
			this.renderRoot.querySelector<Toasts>("sg-toasts")?.show(detail);
		});
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.timer = setInterval(() => void this.poll(), POLL_MS);
		addEventListener("hashchange", this.restart);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearInterval(this.timer);
		removeEventListener("hashchange", this.restart);
	}

	private readonly restart = (): void => {
		this.begun = false;
		this.requestUpdate();
	};

	protected override willUpdate(): void {
		const { status } = this.standing;
		if (!status || this.begun) return;
		this.begun = true;
		void this.begin(status);
	}

	/** What was begun is taken up; else the page does what it was opened for. */
	private async begin({ unfinished }: Status): Promise<void> {
		if (unfinished) {
			this.turn({ step: "operation", operation: unfinished });
			return;
		}
		const purpose = location.hash.slice(1);
		const act = PLAIN.find((name) => name === purpose);
		if (act === "reset_master_password") this.turn({ step: "way" });
		else if (act) await this.showLoss({ act });
		else this.turn({ step: purpose === "restore" ? "restore" : "kept" });
	}

	private async showLoss(act: Act): Promise<void> {
		this.failure = undefined;
		this.step = { step: "begin" };
		try {
			this.turn({ step: "loss", loss: await call("loss", act), note: "first" });
		} catch (thrown) {
			this.failure = failureText(thrown);
		}
	}

	private turn(step: Step): void {
		this.failure = undefined;
		this.step = step;
		if (step.step === "operation" && isStale(step.operation)) void this.stale(step.operation);
	}

	/** The base moved: the new list is here at once, and a new code one click away. */
	private async stale({ act }: Operation): Promise<void> {
		try {
			await dismiss();
			this.turn({ step: "loss", loss: await lossAnew(act), note: "stale" });
		} catch (thrown) {
			this.failure = failureText(thrown);
		}
	}

	/** While the service or this device works on it, and for the mail's way. */
	private async poll(): Promise<void> {
		if (this.asking || document.visibilityState === "hidden" || !this.moves) return;
		this.asking = true;
		try {
			const operation = await call("operation");
			if (operation && this.moves) this.turn({ step: "operation", operation });
		} catch (thrown) {
			console.warn(thrown); // the page says already that it waits
		} finally {
			this.asking = false;
		}
	}

	private get moves(): boolean {
		if (this.step.step !== "operation") return false;
		const { phase } = this.step.operation.phase;
		return phase !== "done" && phase !== "over";
	}

	override render(): TemplateResult {
		const { status } = this.standing;
		return html`<header>${seal(28)}<span>${t("app_name")}</span></header>
			${status?.held ? this.held(status.held) : nothing}
			<main>${status ? this.body(status) : this.waiting()}</main>
			<footer>${helpLinkApart("confirm", "help_about")}</footer>
			<sg-toasts></sg-toasts>`;
	}

	/** Until when acts that reach beyond this device wait, and where that is lifted. */
	private held(held: Held): TemplateResult {
		const account = chrome.runtime.getURL("extension/pages/app.html#account");
		return html`<aside class="notice amber stack tight" aria-labelledby="held">
			<h2 id="held">${heldTitle(held)}</h2>
			${heldText(held)}
			<p class="small"><a href=${account}>${t("held_open")}</a></p>
		</aside>`;
	}

	private waiting(): TemplateResult {
		const failure = this.failure ?? (this.standing.failure ? failureText(this.standing.failure) : undefined);
		return html`<div class="page stack">
			${
				failure
					? html`<h1 tabindex="-1">${t("danger_failed")}</h1>
						${problem(failure)}
						<div class="actions">
							<button class="primary" @click=${this.restart}>${t("again")}</button>
							<a class="button" href=${chrome.runtime.getURL("extension/pages/app.html")}>${t("done_open")}</a>
						</div>`
					: html`<p class="soft" role="status">${t("loading")}</p>`
			}
		</div>`;
	}

	private body(status: Status): TemplateResult {
		const { step } = this;
		switch (step.step) {
			case "begin":
				return this.waiting();
			case "restore":
				return html`<sg-restore .status=${status}></sg-restore>`;
			case "way":
				return html`<sg-way .status=${status}></sg-way>`;
			case "fresh":
				return html`<sg-fresh .status=${status} .loss=${step.loss}></sg-fresh>`;
			case "loss":
				return this.loss(status, step.loss, step.note);
			case "operation":
				return this.operation(status, step.operation);
			case "finished":
				return html`<sg-done .status=${status} .act=${step.act} .undoUntil=${step.undoUntil}></sg-done>`;
			case "kept":
				return html`<sg-kept .status=${status}></sg-kept>`;
		}
	}

	private loss(status: Status, loss: Loss, note: Note): TemplateResult {
		const { needs } = loss;
		if (needs.kind === "refused" && needs.reason === "account_not_linked") {
			return html`<sg-not-linked .status=${status} .loss=${loss}></sg-not-linked>`;
		}
		if (needs.kind === "refused" || needs.kind === "not_offered") {
			return html`<sg-refused .status=${status} .loss=${loss}></sg-refused>`;
		}
		return html`<sg-loss .status=${status} .loss=${loss} .note=${note}></sg-loss>`;
	}

	private operation(status: Status, operation: Operation): TemplateResult {
		const { act, phase } = operation;
		switch (phase.phase) {
			case "requested":
			case "asked":
			case "proving":
			case "receipted":
				return html`<sg-code .status=${status} .operation=${operation}></sg-code>`;
			case "done":
				return html`<sg-done
					.status=${status}
					.act=${act}
					.key=${operation.key}
					.at=${phase.at}
					.undoUntil=${phase.undoUntil}
				></sg-done>`;
			case "over":
				if (phase.how === "stale") return this.waiting();
				return html`<sg-over .status=${status} .act=${act} .how=${phase.how}></sg-over>`;
		}
	}

	protected override updated(_changed: PropertyValues): void {
		const { step } = this;
		const name = step.step === "operation" ? `operation/${step.operation.phase.phase}` : step.step;
		const note = step.step === "loss" ? `${name}/${step.loss.hash}` : name;
		if (note === this.shown) return;
		this.shown = note;
		const screen = this.renderRoot.querySelector("main > *");
		if (screen instanceof LitElement) void (screen as Screen).focusStart();
	}
}

function isStale({ phase }: Operation): boolean {
	return phase.phase === "over" && phase.how === "stale";
}
