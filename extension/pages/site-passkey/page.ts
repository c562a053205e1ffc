import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { chooseSitePasskey, onChanged, seeSitePasskey } from "../../background/client.ts";
import type { Choice, Seen } from "../../background/site-passkeys/messages.ts";
import { base, notices } from "../../ui/base.ts";
import { buttons, fields } from "../../ui/controls.ts";
import { problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { day, t } from "../../ui/text.ts";
import type { SitePasskey } from "../../wasm/sigill.js";
import { askedBy, asking, askingSheet, gone } from "../asking-window.ts";
import { Arming } from "../danger/arming.ts";
import { failureText } from "../failure.ts";
import { Standing } from "../standing.ts";
import "./verify.ts";

type Waiting = Exclude<Seen, { state: "gone" }>;
type Open = Extract<Seen, { state: "open" }>;

/** A window of its own: says which site asks for whom, and passes on what the person chooses. Nothing is chosen before it was seen. */
@customElement("sg-site-passkey")
export class SitePasskeyPage extends LitElement {
	static override styles = [base, buttons, fields, notices, askingSheet];

	private readonly standing = new Standing(this);
	private readonly arming = new Arming(this);
	private readonly request = location.hash.slice(1);
	@state() private accessor seen: Seen | undefined;
	/** What was chosen, while the person has to be verified for it. */
	@state() private accessor chosen: Choice | undefined;
	@state() private accessor failure: string | undefined;
	@state() private accessor busy = false;
	private shown = "";
	private deaf: (() => void) | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		this.deaf = onChanged(() => void this.look());
		void this.look();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.deaf?.();
	}

	private async look(): Promise<void> {
		try {
			const seen = await seeSitePasskey(this.request);
			if (seen.state === "open" && hasNothing(seen)) await this.choose({ choose: "elsewhere" });
			else this.seen = seen;
		} catch (thrown) {
			this.failure = failureText(thrown);
		}
	}

	private async choose(choice: Choice): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		this.failure = undefined;
		try {
			const became = await chooseSitePasskey(this.request, choice);
			if (became === "done") close();
			else if (became === "verify") this.chosen = choice;
			else this.seen = { state: "gone" };
		} catch (thrown) {
			this.failure = failureText(thrown);
		} finally {
			this.busy = false;
		}
	}

	override render(): TemplateResult {
		return asking(this.body());
	}

	private body(): TemplateResult {
		const { seen } = this;
		if (!seen) return html`${problem(this.failure)}<p class="soft" role="status">${t("loading")}</p>`;
		if (seen.state === "gone") return gone(t("site_passkey_gone_text"));
		return html`${askedBy(new URL(seen.asked.origin).host)} ${this.step(seen)} ${this.others(seen)}`;
	}

	private step(seen: Waiting): TemplateResult {
		if (seen.state === "locked") return this.verify(t("site_passkey_locked_title"), t("unlock_submit"));
		if (this.chosen) {
			const act = t(seen.asked.act === "create" ? "site_passkey_create" : "site_passkey_sign_in");
			return this.verify(t("site_passkey_verify_title"), act);
		}
		return seen.asked.act === "create" ? this.create(seen) : this.get(seen);
	}

	private verify(title: string, act: string): TemplateResult {
		const { status } = this.standing;
		return html`<h1 tabindex="-1">${title}</h1>
			<p class="soft">${t(this.chosen ? "site_passkey_verify_text" : "site_passkey_locked_text")}</p>
			${status ? html`<sg-verify .status=${status} .act=${act} @sigill-verified=${this.verified}></sg-verify>` : nothing}`;
	}

	private readonly verified = async ({ detail }: HTMLElementEventMap["sigill-verified"]): Promise<void> => {
		this.standing.take(detail);
		const { chosen } = this;
		this.chosen = undefined;
		if (chosen) await this.choose(chosen);
		else await this.look();
	};

	private create({ asked, passkeys, home }: Open): TemplateResult {
		if (passkeys.length > 0) return this.held(passkeys);
		const place = home === undefined ? t("site_passkey_home_new") : home;
		return html`<h1 tabindex="-1">${t("site_passkey_create_title", { rp: asked.rp })}</h1>
			<p class="soft">${t("site_passkey_create_text")}</p>
			<dl class="card">
				<div><dt>${t("site_passkey_user")}</dt><dd>${asked.user || asked.displayName || "–"}</dd>
				${asked.displayName && asked.displayName !== asked.user ? html`<dd class="small soft">${asked.displayName}</dd>` : nothing}</div>
				<div><dt>${t("site_passkey_home")}</dt><dd>${place}</dd></div>
			</dl>
			${problem(this.failure)}
			<button class="primary wide" ?disabled=${this.idle} @click=${() => this.choose({ choose: "create" })}>
				${t("site_passkey_create")}
			</button>`;
	}

	private held(passkeys: readonly SitePasskey[]): TemplateResult {
		return html`<h1 tabindex="-1">${t("site_passkey_held_title")}</h1>
			<p class="soft">${t("site_passkey_held_text")}</p>
			<ul class="stack tight">${passkeys.map((one) => html`<li class="account card">${account(one)}</li>`)}</ul>
			${problem(this.failure)}
			<button class="primary wide" ?disabled=${this.idle} @click=${() => this.choose({ choose: "create" })}>
				${t("site_passkey_held_tell")}
			</button>`;
	}

	private get({ asked, passkeys }: Open): TemplateResult {
		return html`<h1 tabindex="-1">${t("site_passkey_get_title", { rp: asked.rp })}</h1>
			<p class="soft">${t("site_passkey_get_which")}</p>
			<ul class="stack tight">
				${passkeys.map(
					(one) => html`<li>
						<button class="account" ?disabled=${this.idle} @click=${() => this.use(one)}>${account(one)}</button>
					</li>`,
				)}
			</ul>
			${problem(this.failure)}`;
	}

	private use({ item, credential }: SitePasskey): Promise<void> {
		return this.choose({ choose: "passkey", item, credential });
	}

	/** What was not seen for a moment is not pressed. */
	private get idle(): boolean {
		return this.busy || !this.arming.armed;
	}

	private others({ asked: { host } }: Waiting): TemplateResult {
		const link = (text: string, choice: Choice) =>
			html`<button class="link" ?disabled=${this.idle} @click=${() => this.choose(choice)}>${text}</button>`;
		return html`<div class="others">
			<button class="wide" ?disabled=${this.idle} @click=${() => this.choose({ choose: "elsewhere" })}>
				${t("site_passkey_elsewhere")}
			</button>
			${link(t("site_passkey_never", { host }), { choose: "never-here" })}
		</div>`;
	}

	protected override updated(): void {
		const { seen } = this;
		const now = seen && `${seen.state}/${this.chosen?.choose}`;
		if (now === undefined || now === this.shown) return;
		this.shown = now;
		this.arming.begin();
		void this.focusStart();
	}

	private async focusStart(): Promise<void> {
		await this.updateComplete;
		const verify = this.renderRoot.querySelector<LitElement & { focusStart(): Promise<void> }>("sg-verify");
		if (verify) await verify.focusStart();
		else this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
	}
}

/** The vault was opened, and holds nothing that the site takes. */
function hasNothing({ asked, passkeys }: Open): boolean {
	return asked.act === "get" && passkeys.length === 0;
}

function account({ userName, displayName, name, createdAt }: SitePasskey): TemplateResult {
	return html`${icon("passkey")}<strong>${userName || displayName || name}</strong>
		<span>${t("site_passkey_kept", { name, day: day(createdAt) })}</span>`;
}
