import {
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { t } from "../ui/text.ts";
import type { Going } from "./file-transfer.ts";

interface Work {
	readonly text: string;
	readonly stop: AbortController;
	/** From 0 to 1; nothing while nobody can say. */
	part: number | undefined;
	shown: boolean;
}

/** Work that takes a while: how far it is, and a button that ends it. With its page it ends too. */
export class Underway implements ReactiveController {
	private work: Work | undefined;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
	}

	hostConnected(): void {}

	hostDisconnected(): void {
		this.work?.stop.abort();
	}

	/** Does it; after `patience` milliseconds the page shows how far it is. */
	async run<T>(text: string, work: (going: Going) => Promise<T>, patience = 0): Promise<T> {
		const now: Work = { text, stop: new AbortController(), part: undefined, shown: patience === 0 };
		const show = () => {
			now.shown = true;
			this.host.requestUpdate();
		};
		this.work = now;
		const timer = setTimeout(show, patience);
		const progress = (part: number) => {
			now.part = part;
			if (now.shown) this.host.requestUpdate();
		};
		try {
			return await work({ progress, signal: now.stop.signal });
		} finally {
			clearTimeout(timer);
			this.work = undefined;
			this.host.requestUpdate();
		}
	}

	render(): TemplateResult | typeof nothing {
		const { work } = this;
		if (!work?.shown) return nothing;
		return html`<div class="stack tight">
			<div class="stack tight" role="status">
				<label class="small stack tight">
					${work.text}
					<progress max="1" .value=${work.part ?? nothing}></progress>
				</label>
			</div>
			<div><button type="button" class="quiet" @click=${() => work.stop.abort()}>${t("cancel")}</button></div>
		</div>`;
	}
}
