import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { call } from "../background/client.ts";
import { option } from "../ui/field.ts";
import { t } from "../ui/text.ts";
import type { Status } from "../wasm/sigill.js";
import { address } from "./view.ts";

/** The code that was made last, and the act that it came with: in this page's memory and nowhere else. */
let held: { readonly code: string; readonly by: string } | undefined;

/** A sheet that nobody puts away is not kept for ever. */
const HELD_MS = 15 * 60 * 1000;
let ends: ReturnType<typeof setTimeout> | undefined;

/** What a code came with where no operation brought it. */
export const HERE = "here";

/** The code that came with this act, until its sheet is put away. */
export function heldCode(by = HERE): string | undefined {
	return held?.by === by ? held.code : undefined;
}

export function putAway(): void {
	held = undefined;
}

/** Whether a recovery code opens the vault: a new one ends its sheet. */
export function hasCode({ vault }: Status): boolean {
	return vault.state === "open" && vault.recovery;
}

/** Leads to the sheet of a new vault. By the address: the page that made it is gone once the vault is open. */
export function showSheet(): void {
	location.hash = address({ view: "recovery" });
}

/** *Make a recovery code*: ticked; the sheet with it comes when the vault has its new keys. */
export class NewRecovery implements ReactiveController {
	private wanted = true;
	private made: string | undefined;

	constructor(
		private readonly host: ReactiveControllerHost,
		/** Whether an older sheet stops working by this. */
		private readonly replaces: () => boolean,
	) {
		host.addController(this);
	}

	hostConnected(): void {}

	render(disabled = false): TemplateResult {
		const hint = t(this.wanted ? "recovery_make_text" : "create_nobody");
		const make = option({
			id: "recovery-text",
			label: t("recovery_make"),
			hint: this.replaces() ? `${hint} ${t("recovery_old_void")}` : hint,
			checked: this.wanted,
			disabled,
			pick: (wanted) => {
				this.wanted = wanted;
				this.host.requestUpdate();
			},
		});
		return html`<div class="card">${make}</div>`;
	}

	/** A new code for the vault that is about to be made, where one is wanted. */
	async code(): Promise<string | undefined> {
		this.made = this.wanted ? await call("newRecoveryCode") : undefined;
		return this.made;
	}

	/** The vault has its keys, or gets them with operation `by`: then the sheet can be shown. */
	hold(by = HERE): boolean {
		held = this.made === undefined ? undefined : { code: this.made, by };
		this.made = undefined;
		clearTimeout(ends);
		ends = setTimeout(putAway, HELD_MS);
		return held !== undefined;
	}
}
