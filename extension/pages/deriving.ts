import {
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { t } from "../ui/text.ts";
import type { Derivation } from "../wasm/sigill.js";
import { derive } from "./derive.ts";

/** A root key that is being worked out: what is shown meanwhile, and the person's way to break it off. */
export class Deriving implements ReactiveController {
	private stop: AbortController | undefined;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
	}

	hostDisconnected(): void {
		this.stop?.abort();
	}

	async root(derivation: Derivation, password: string): Promise<string> {
		const stop = new AbortController();
		this.stop = stop;
		this.host.requestUpdate();
		try {
			return await derive(derivation, password, stop.signal);
		} finally {
			this.stop = undefined;
			this.host.requestUpdate();
		}
	}

	/** Once the key is there, what follows is not broken off. */
	render(): TemplateResult {
		return deriving(this.stop && (() => this.stop?.abort()));
	}
}

/** While a root key is worked out. */
export function deriving(cancel?: () => void): TemplateResult {
	return html`<div class="stack tight">
		<div class="stack tight" role="status">
			<progress aria-label=${t("deriving")}></progress>
			<p>${t("deriving")}</p>
			<p class="hint">${t("deriving_why")}</p>
		</div>
		${cancel ? html`<button type="button" @click=${cancel}>${t("cancel")}</button>` : nothing}
	</div>`;
}
