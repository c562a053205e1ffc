import {
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { icon } from "../../ui/icon.ts";
import { count, t } from "../../ui/text.ts";
import type { Act, Loss } from "../../wasm/sigill.js";
import { make, save } from "../backup-file.ts";

/** The acts after which something may be missed. */
const OFFERED: readonly Act["act"][] = ["clear_this_device", "clear_everywhere", "reset_master_password"];

interface Saved {
	readonly name: string;
	readonly sha256: string;
	readonly count: number;
}

/** *Keep a backup file*: ticked; while it is, nothing is asked for before the file is proved and saved. */
export class KeepBackup implements ReactiveController {
	private wanted = true;
	private saved: Saved | undefined;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
	}

	hostConnected(): void {}

	/** Where this device holds something, and the act takes it. */
	private offered({ act, alike, onlyHere, differing }: Loss): boolean {
		return OFFERED.includes(act.act) && alike + onlyHere.count + differing.count > 0;
	}

	render(loss: Loss, disabled: boolean): TemplateResult | typeof nothing {
		if (!this.offered(loss)) return nothing;
		const change = (event: Event & { currentTarget: HTMLInputElement }) => {
			this.wanted = event.currentTarget.checked;
			this.host.requestUpdate();
		};
		return html`<div class="card stack tight">
			<label class="tick">
				<input
					type="checkbox"
					.checked=${this.wanted}
					?disabled=${disabled}
					aria-describedby="backup-text"
					@change=${change}
				/>
				${t("backup_keep")}
			</label>
			<p class="hint" id="backup-text">${t("backup_keep_text")}</p>
			${this.saved ? this.kept(this.saved) : nothing}
		</div>`;
	}

	private kept({ name, count: n }: Saved): TemplateResult {
		const entries = count("entries", n);
		return html`<p class="small" role="status">${icon("done")} ${t("backup_saved", { file: name, entries })}</p>`;
	}

	/** Whether the act can go on: no file is wanted, or the one that is was proved and saved. */
	async keep(loss: Loss): Promise<boolean> {
		if (!this.wanted || !this.offered(loss)) return true;
		try {
			const made = await make();
			if (made.sha256 === this.saved?.sha256) return true;
			this.saved = { name: await save(made), sha256: made.sha256, count: made.count };
			return true;
		} catch (thrown) {
			console.warn(thrown);
			return false;
		} finally {
			this.host.requestUpdate();
		}
	}
}
