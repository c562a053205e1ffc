import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
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
import { leaks, scores } from "../health/known.ts";
import { lookUp } from "../health/look-up.ts";
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
		css`
			.page {
				max-inline-size: 44rem;
			}
			.run {
				display: grid;
				grid-template-columns: minmax(0, 1fr) auto;
				gap: var(--s2) var(--s4);
				align-items: center;
			}
			.run progress {
				grid-column: 1;
			}
			.run button {
				grid-row: 1 / span 2;
				grid-column: 2;
			}
		`,
	];

	@state() private accessor logins: readonly HealthLogin[] | undefined;
	@state() private accessor values: Values = DEFAULTS;
	private readonly judging = new Run(this, 1);
	private readonly lookingUp = new Run(this, LANES);
	/** The person broke the judging off: it does not begin again by itself. */
	private broken = false;
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
	}

	/** Looks at the logins, and judges those passwords that were not judged yet: those too that came meanwhile. */
	private async examine(): Promise<void> {
		try {
			this.logins = JSON.parse(await call("health"));
		} catch (thrown) {
			await this.failed(thrown);
			return;
		}
		this.failure = undefined;
		const isOpen = () => this.logins?.some((login) => scores.of(login) === undefined) ?? false;
		while (!this.broken && !this.judging.runs && isOpen()) {
			if (!(await judge(this.judging, this.logins ?? []))) return;
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
		const kinds = KINDS.filter((kind) => report.found[kind].length > 0);
		return html`<section class="card stack" aria-label=${t("health_picture")}>
				${ring(report)} ${this.judged(report)}
			</section>
			${this.leakCard(report)}
			${kinds.map((kind) => html`<sg-found .kind=${kind} .logins=${report.found[kind]}></sg-found>`)}
			${kinds.length === 0 && report.unjudged === 0 ? this.fine(report) : nothing}
			${kinds.length === 0 ? nothing : html`<p class="hint">${t("health_change_hint")}</p>`}`;
	}

	private fine({ notLookedUp }: Report): TemplateResult {
		return html`<p class="notice good" role="status">
			${t(notLookedUp === 0 ? "health_fine_all" : "health_fine_so_far")}
		</p>`;
	}

	/** How far it is known which passwords are weak. */
	private judged({ unjudged }: Report): TemplateResult | typeof nothing {
		if (this.judging.runs) return running(this.judging, "health_judging", this.breakOff);
		if (unjudged === 0) return nothing;
		return html`<div class="stack tight">
			${problem(this.judging.failure, "judge-problem")}
			<p class="small soft" role="status">${count("health_unjudged", unjudged)}</p>
			<button @click=${this.goOn}>${t("health_judge")}</button>
		</div>`;
	}

	private leakCard(report: Report): TemplateResult {
		const host = URL.parse(this.values.leakService)?.host ?? this.values.leakService;
		return html`<section class="card stack tight" aria-labelledby="leaks">
			<h2 id="leaks">${t("leaks_title")}</h2>
			<p class="small soft">${t("leaks_what_leaves", { host })}</p>
			${problem(this.lookingUp.failure, "leak-problem")}
			${this.lookingUp.runs ? running(this.lookingUp, "leaks_running", () => this.lookingUp.stop()) : this.lookedUp(report, host)}
			<button class="link" @click=${() => go(this, { view: "settings" })}>${t("leaks_settings")}</button>
		</section>`;
	}

	private lookedUp({ logins, notLookedUp, found }: Report, host: string): TemplateResult {
		const { length } = found.leaked;
		const said = length > 0 ? count("leaks_found", length) : t("leaks_none", { host });
		return html`${notLookedUp < logins.length ? html`<p role="status">${said}</p>` : nothing}
			<div><button @click=${this.lookUp}>${icon("search")}${t(this.asking(logins.length, notLookedUp))}</button></div>`;
	}

	private asking(all: number, notLookedUp: number): Key {
		if (!this.values.leakLookUp) return "leaks_turn_on";
		if (notLookedUp === all) return "leaks_look_up";
		return notLookedUp > 0 ? "leaks_go_on" : "leaks_again";
	}

	/** About those that were not looked up yet; about all of them once there are none. */
	private readonly lookUp = async (): Promise<void> => {
		if (!this.values.leakLookUp) this.values = await changeSettings({ leakLookUp: true });
		const logins = this.logins ?? [];
		const rest = logins.filter((login) => leaks.of(login) === undefined);
		await lookUp(this.lookingUp, rest.length > 0 ? rest : logins);
	};
}

/** How far it is, and the way to break it off. */
function running({ done, total }: Run, text: Key, stop: () => void): TemplateResult {
	const said = t(text, { done, total });
	return html`<div class="run">
		<p class="small soft">${said}</p>
		<progress max=${total} value=${done} aria-label=${said}></progress>
		<button @click=${stop}>${t("cancel")}</button>
	</div>`;
}
