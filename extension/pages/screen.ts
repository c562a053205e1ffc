import { type CSSResult, LitElement } from "lit";
import { property, state } from "lit/decorators.js";
import { call } from "../background/client.ts";
import { base, notices } from "../ui/base.ts";
import { buttons, fields } from "../ui/controls.ts";
import type { Status } from "../wasm/sigill.js";
import { stands } from "./events.ts";
import { failedWith, failureText } from "./failure.ts";

export const NOWHERE: Status = {
	vault: { state: "none", inCloud: false, restorableUntil: undefined },
	account: undefined,
	sync: { state: "not_connected" },
	unfinished: undefined,
	silent: undefined,
	deleted: undefined,
	held: undefined,
};

/** What fills a page below its header: shows what the session said, passes on what the person does. */
export abstract class Screen extends LitElement {
	static override styles: CSSResult[] = [base, buttons, fields, notices];

	@property({ attribute: false }) accessor status: Status = NOWHERE;
	@state() protected accessor failure: string | undefined;
	@state() protected accessor busy = false;

	/** Where the keyboard goes when the screen opens: a marked field, else its heading. */
	async focusStart(): Promise<void> {
		await this.updateComplete;
		const root = this.renderRoot;
		root.querySelector<HTMLElement>("[data-focus]:not(:disabled)")?.focus();
		if (!(root instanceof ShadowRoot) || root.activeElement) return;
		root.querySelector<HTMLElement>("h1")?.focus();
	}

	/** Does `work`, shows that it runs, and what went wrong. */
	protected async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
		if (this.busy) return undefined;
		this.busy = true;
		this.failure = undefined;
		try {
			return await work();
		} catch (thrown) {
			await this.failed(thrown);
			return undefined;
		} finally {
			this.busy = false;
		}
	}

	protected async failed(thrown: unknown): Promise<void> {
		this.failure = failureText(thrown);
		if (failedWith(thrown, "locked", "no_vault", "signed_out", "damaged")) {
			stands(this, await call("status"));
		}
		if (failedWith(thrown, "held")) stands(this, await call("hear"));
	}
}
