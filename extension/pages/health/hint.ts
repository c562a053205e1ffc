import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { base, notices } from "../../ui/base.ts";
import { buttons } from "../../ui/controls.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { HealthLogin, Scope, Status } from "../../wasm/sigill.js";
import { go } from "../events.ts";
import { known } from "./known.ts";
import { askOthers, lookedAt } from "./others.ts";
import { isToMend } from "./report.ts";
import { changeLink } from "./row.ts";

/** What is said at an entry, the gravest first; a second step that a site offers is nothing of its password's. */
const SAID = ["leaked", "reused", "weak", "in_clear", "old"] as const;
type Said = (typeof SAID)[number];

/** How loud that is. */
const TONES: Readonly<Record<Said, string>> = {
	leaked: "wax",
	reused: "amber",
	weak: "amber",
	in_clear: "amber",
	old: "",
};

/** What is known already of an entry's password, and the way to mend it. It looks nothing up, and nobody's health at all. */
@customElement("sg-hint")
export class Hint extends LitElement {
	static override styles = [
		base,
		buttons,
		notices,
		css`
			.notice .icon {
				margin-block-start: 0.15em;
			}
			.ways {
				display: flex;
				flex-wrap: wrap;
				gap: var(--s2) var(--s4);
				align-items: center;
			}
			p + p,
			.ways a.button,
			.ways button {
				font-size: var(--text-s);
			}
		`,
	];

	@property({ attribute: false }) accessor status: Status | undefined;
	@property({ attribute: false }) accessor scope: Scope = { of: "all" };
	@property({ attribute: false }) accessor entry = "";
	@property({ attribute: false }) accessor readOnly = false;
	@state() private accessor login: HealthLogin | undefined;
	private looks = 0;

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("entry")) this.login = undefined;
		if (changed.has("entry") || changed.has("status")) void this.look();
	}

	/** Only of what was looked at: and that is looked at again, for the password may be another by now. */
	private async look(): Promise<void> {
		this.looks += 1;
		const { looks, entry } = this;
		const same = lookedAt(entry);
		if (same.length === 0) {
			this.login = undefined;
			askOthers(entry, () => {
				if (this.isConnected && entry === this.entry) void this.look();
			});
			return;
		}
		const logins = await current(same).catch(() => []);
		if (looks === this.looks) this.login = logins.find(({ id }) => id === entry);
	}

	override render(): TemplateResult | typeof nothing {
		const { login } = this;
		const said = login ? SAID.filter((kind) => isToMend(login, kind)) : [];
		const [first] = said;
		if (!login || !first) return nothing;
		return html`<section class="notice ${TONES[first]}" aria-label=${t("health_title")}>
			<div class="marked">
				${icon(first === "old" ? "health" : "warn")}
				<div>${said.map((kind) => html`<p>${t(`health_hint_${kind}`)}</p>`)}</div>
			</div>
			<div class="ways">
				${said.some((kind) => kind !== "in_clear") ? changeLink(login) : nothing}
				${said.includes("in_clear") && !this.readOnly ? this.edit() : nothing}
				<button class="link" @click=${() => go(this, { view: "health" })}>${t("health_title")}</button>
			</div>
		</section>`;
	}

	private edit(): TemplateResult {
		const { scope, entry: id } = this;
		return html`<button @click=${() => go(this, { view: "vault", scope, open: { pane: "edit", id } })}>
			${icon("edit")}${t("health_hint_edit")}
		</button>`;
	}
}

/** As they are now, held against each other; nothing where the vault closed meanwhile. */
async function current(logins: readonly HealthLogin[]): Promise<readonly HealthLogin[]> {
	const before = known();
	const ids = logins.map(({ id }) => id);
	const answer: readonly HealthLogin[] = JSON.parse(await call("healthOf", ids));
	return before === known() ? answer : [];
}
