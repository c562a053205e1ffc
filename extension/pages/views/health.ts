import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { call } from "../../background/client.ts";
import {
	changeSettings,
	DEFAULTS,
	onSettings,
	settings,
	type Settings as Values,
} from "../../storage/index.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { count, type Key, t } from "../../ui/text.ts";
import type { HealthLogin } from "../../wasm/sigill.js";
import { go } from "../events.ts";
import "../health/found.ts";
import { judge } from "../health/judge.ts";
import { known } from "../health/known.ts";
import { lookUp } from "../health/look-up.ts";
import { heard, progressSheet, running } from "../health/progress.ts";
import "../health/put-aside.ts";
import { KINDS, type Report, reportOf } from "../health/report.ts";
import { ring, ringSheet } from "../health/ring.ts";
import { Run } from "../health/run.ts";
import { Screen } from "../screen.ts";

/** So many answers are waited for at once. */
const LANES = 3;

/** What is to mend among the logins: a picture, and a way from each finding to where it is mended. */
@customElement("sg-health")
export class Health extends Screen {
	static override styles = [
		...Screen.styles,
		ringSheet,
		progressSheet,
		css`
			.page {
				max-inline-size: 44rem;
			}
		`,
	];

	@state() private accessor logins: readonly HealthLogin[] | undefined;
	@state() private accessor values: Values = DEFAULTS;
	private readonly judging = new Run(this, 1);
	private readonly lookingUp = new Run(this, LANES);
	/** The person broke the judging off: it does not begin again by itself. */
	private broken = false;
	private looks = 0;
	/** What had the keyboard before the page was drawn anew, and its part of the page. */
	private at: { readonly element: Element; readonly part: Element | null } | undefined;
	private stopHearing: (() => void) | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		const take = (values: Values) => {
			this.values = values;
		};
		this.stopHearing = onSettings(take);
		void settings().then(take);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.stopHearing?.();
	}

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("status")) void this.examine();
		const element = this.shadowRoot?.activeElement;
		this.at = element ? { element, part: element.closest("section") } : undefined;
	}

	/** Who pressed what is gone by now stays in its part of the page; where there is nothing to press, at the heading. */
	protected override updated(_changed: PropertyValues): void {
		const { at } = this;
		if (!at || at.element.isConnected || document.activeElement !== document.body) return;
		const next = at.part?.isConnected ? at.part.querySelector("button") : null;
		(next ?? this.renderRoot.querySelector<HTMLElement>("h1"))?.focus();
	}

	/** Looks at the logins, and judges those passwords that were not judged yet: those too that came meanwhile. */
	private async examine(): Promise<void> {
		this.looks += 1;
		const { looks } = this;
		const knew = known();
		try {
			const logins: readonly HealthLogin[] = JSON.parse(await call("health"));
			if (looks !== this.looks) return; // a later look says more
			this.logins = logins;
			knew.logins = logins;
		} catch (thrown) {
			if (looks === this.looks) await this.failed(thrown);
			return;
		}
		this.failure = undefined;
		await this.judge();
	}

	/** What can't be judged as it was looked at waits for the next look. */
	private async judge(): Promise<void> {
		let judged: readonly HealthLogin[] | undefined;
		const isOpen = () => this.logins?.some((login) => known().scores.of(login) === undefined) ?? false;
		while (!this.broken && !this.judging.runs && judged !== this.logins && isOpen()) {
			judged = this.logins;
			if (!(await judge(this.judging, judged ?? []))) return;
		}
	}

	private readonly goOn = (): void => {
		this.broken = false;
		void this.examine();
	};

	private readonly breakOff = (): void => {
		this.broken = true;
		this.judging.stop();
	};

	override render(): TemplateResult {
		const { logins } = this;
		return html`<div class="page">
			<h1 tabindex="-1">${t("health_title")}</h1>
			${problem(this.failure)} ${logins ? this.report(reportOf(logins)) : this.waiting()}
		</div>`;
	}

	private waiting(): TemplateResult | typeof nothing {
		return this.failure ? nothing : html`<p class="soft" role="status">${t("loading")}</p>`;
	}

	private report(report: Report): TemplateResult {
		if (report.logins.length === 0) return html`<p class="card soft">${t("health_none")}</p>`;
		const { found, aside, unjudged } = report;
		const kinds = KINDS.filter((kind) => found[kind].length > 0);
		return html`<section class="card stack" aria-label=${t("health_picture")}>
				${ring(report)} ${this.judged(report)}
			</section>
			${this.leakCard(report)}
			${repeat(
				kinds,
				(kind) => kind,
				(kind) => html`<sg-found .kind=${kind} .logins=${found[kind]}></sg-found>`,
			)}
			${kinds.length === 0 && unjudged === 0 ? this.fine(report) : nothing}
			${kinds.length === 0 ? nothing : html`<p class="hint">${t("health_change_hint")}</p>`}
			${aside.length === 0 ? nothing : html`<sg-put-aside .aside=${aside}></sg-put-aside>`}`;
	}

	private fine({ aside, notLookedUp }: Report): TemplateResult {
		const said = notLookedUp === 0 ? "health_fine_all" : "health_fine_so_far";
		return html`<p class="notice good">${t(aside.length > 0 ? "health_fine_else" : said)}</p>`;
	}

	/** How far it is known which passwords are weak. */
	private judged({ unjudged, standing, logins }: Report): TemplateResult {
		const { runs, failure } = this.judging;
		const left = unjudged > 0 && !runs;
		const said = left
			? count("health_unjudged", unjudged)
			: count("health_fine_of", standing.fine, { all: logins.length });
		return html`${problem(failure, "judge-problem")}
			<p class=${left ? "small soft" : "visually-hidden"} role="status">
				${runs ? heard(this.judging, "health_judging") : said}
			</p>
			${runs ? running(this.judging, "health_judging", this.breakOff) : nothing}
			${left ? html`<button @click=${this.goOn}>${t("health_judge")}</button>` : nothing}`;
	}

	private leakCard(report: Report): TemplateResult {
		const host = URL.parse(this.values.leakService)?.host ?? this.values.leakService;
		const { runs, failure } = this.lookingUp;
		const said = report.notLookedUp < report.logins.length && !runs;
		return html`<section class="card stack tight" aria-labelledby="leaks">
			<h2 id="leaks">${t("leaks_title")}</h2>
			<p class="small soft">${t("leaks_what_leaves", { host })}</p>
			${problem(failure, "leak-problem")}
			<p class=${said ? "" : "visually-hidden"} role="status">
				${runs ? heard(this.lookingUp, "leaks_running") : said ? leaked(report, host) : nothing}
			</p>
			${runs ? running(this.lookingUp, "leaks_running", () => this.lookingUp.stop()) : this.ask(report)}
			<button class="link" @click=${() => go(this, { view: "settings" })}>${t("leaks_settings")}</button>
		</section>`;
	}

	private ask({ logins, notLookedUp }: Report): TemplateResult {
		return html`<div>
			<button @click=${this.lookUp}>${icon("search")}${t(this.asking(logins.length, notLookedUp))}</button>
		</div>`;
	}

	private asking(all: number, notLookedUp: number): Key {
		if (!this.values.leakLookUp) return "leaks_turn_on";
		if (notLookedUp === all) return "leaks_look_up";
		return notLookedUp > 0 ? "leaks_go_on" : "leaks_again";
	}

	/** About those that were not looked up yet; about all of them once there are none. */
	private readonly lookUp = async (): Promise<void> => {
		if (!this.values.leakLookUp) this.values = await changeSettings({ leakLookUp: true });
		const isOpen = (login: HealthLogin) => known().leaks.of(login) === undefined;
		const all = !this.logins?.some(isOpen);
		await lookUp(this.lookingUp, () => this.logins?.filter((login) => all || isOpen(login)) ?? []);
	};
}

function leaked({ leaked: found }: Report, host: string): string {
	return found > 0 ? count("leaks_found", found) : t("leaks_none", { host });
}
