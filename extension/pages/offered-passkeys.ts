import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { offeredSitePasskeys, useSitePasskey } from "../background/client.ts";
import type { Seen } from "../background/site-passkeys/messages.ts";
import { base } from "../ui/base.ts";
import { buttons } from "../ui/controls.ts";
import { icon } from "../ui/icon.ts";
import { t } from "../ui/text.ts";
import type { SitePasskey, Status } from "../wasm/sigill.js";
import { NOWHERE } from "./screen.ts";

interface Offer {
	readonly id: string;
	readonly host: string;
	readonly passkey: SitePasskey;
}

/** In the popup: passkeys that the page in this tab waits for. */
@customElement("sg-offered-passkeys")
export class OfferedPasskeys extends LitElement {
	static override styles = [
		base,
		buttons,
		css`
			section {
				padding: var(--s3) var(--s4);
				border-block-end: var(--hairline) solid var(--line);
				background: var(--accent-soft);
			}
			button {
				justify-content: start;
				text-align: start;
				background: var(--raised);
				overflow-wrap: anywhere;
			}
		`,
	];

	@property({ attribute: false }) accessor status: Status = NOWHERE;
	@state() private accessor offers: readonly Offer[] = [];

	protected override willUpdate(changed: PropertyValues): void {
		if (changed.has("status")) void this.look();
	}

	private async look(): Promise<void> {
		const open = this.status.vault.state === "open";
		const all = open ? await offeredSitePasskeys().catch(() => []) : [];
		this.offers = all.flatMap(({ id, seen }) => offersOf(id, seen));
	}

	override render(): TemplateResult | typeof nothing {
		const [first] = this.offers;
		if (!first) return nothing;
		return html`<section class="stack tight" aria-labelledby="offered">
			<h2 class="label" id="offered">${t("site_passkey_offered", { host: first.host })}</h2>
			${this.offers.map(
				(offer) => html`<button class="wide" @click=${() => this.use(offer)}>
					${icon("passkey")}<span>${offer.passkey.userName || offer.passkey.name}</span>
				</button>`,
			)}
		</section>`;
	}

	private async use({ id, passkey }: Offer): Promise<void> {
		const became = await useSitePasskey(id, passkey).catch(() => "gone");
		if (became !== "gone") close();
		else await this.look();
	}
}

function offersOf(id: string, seen: Seen): Offer[] {
	if (seen.state !== "open") return [];
	return seen.passkeys.map((passkey) => ({ id, host: seen.asked.host, passkey }));
}
