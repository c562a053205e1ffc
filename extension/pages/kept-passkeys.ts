import {
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { problem } from "../ui/field.ts";
import { icon } from "../ui/icon.ts";
import { count, t } from "../ui/text.ts";
import type { NewPasskey, PasskeySlot, Status } from "../wasm/sigill.js";
import { failureText } from "./failure.ts";
import { isOwn, type OwnPasskey, Touch } from "./passkey.ts";

/** The passkeys that open the vault. */
export function passkeysOf({ vault }: Status): readonly PasskeySlot[] {
	return vault.state === "open" || vault.state === "locked" ? vault.passkeys : [];
}

/** New keys end every passkey: each of this device is touched once more for them, or listed as removed. */
export class KeptPasskeys implements ReactiveController {
	/** By the slot that it opened so far. */
	private readonly kept = new Map<string, NewPasskey>();
	private readonly touch: Touch;
	private failure: string | undefined;

	constructor(
		private readonly host: ReactiveControllerHost,
		private readonly status: () => Status,
	) {
		this.touch = new Touch(host);
		host.addController(this);
	}

	hostDisconnected(): void {
		this.kept.clear();
	}

	/** What opens the vault under its new keys too. */
	get made(): NewPasskey[] {
		return [...this.kept.values()];
	}

	render(disabled = false): TemplateResult | typeof nothing {
		const slots = passkeysOf(this.status());
		if (slots.length === 0) return nothing;
		const elsewhere = slots.filter((slot) => !isOwn(slot)).length;
		return html`<section class="card stack tight" aria-labelledby="kept">
			<h2 id="kept">${t("passkeys_title")}</h2>
			<p class="hint">${t("passkeys_keep_text")}</p>
			<ul class="stack tight">
				${slots.filter(isOwn).map((slot) => this.line(slot, disabled))}
				${elsewhere > 0 ? html`<li class="small">${count("passkeys_end_elsewhere", elsewhere)}</li>` : nothing}
			</ul>
			${problem(this.failure, "kept-problem")}
		</section>`;
	}

	private line(passkey: OwnPasskey, disabled: boolean): TemplateResult {
		const { slot, name } = passkey;
		const text = this.kept.has(slot) ? t("passkeys_kept", { name }) : t("passkeys_ends", { name });
		return html`<li class="stack tight">
			<p class="tick" role="status">${icon(this.kept.has(slot) ? "done" : "warn")}${text}</p>
			${
				this.kept.has(slot)
					? nothing
					: html`<button type="button" ?disabled=${disabled || this.touch.waits} @click=${() => this.keep(passkey)}>
							${icon("passkey")}${t("passkeys_keep", { name })}
						</button>`
			}
		</li>`;
	}

	private async keep(passkey: OwnPasskey): Promise<void> {
		this.failure = undefined;
		try {
			const touched = await this.touch.renew(passkey);
			this.kept.set(passkey.slot, { ...touched, name: passkey.name });
		} catch (thrown) {
			this.failure = failureText(thrown);
		}
		this.host.requestUpdate();
	}
}
