import {
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { option } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { count, t } from "../../ui/text.ts";
import type { Act, Loss, Status } from "../../wasm/sigill.js";
import { type Made, make, save } from "../backup-file.ts";
import { fileList } from "../missing-files.ts";
import { Underway } from "../underway.ts";

/** A backup that takes longer shows how far it is. */
const PATIENCE_MS = 500;

/** The acts after which something may be missed. */
const OFFERED: readonly Act["act"][] = ["clear_this_device", "clear_everywhere", "reset_master_password"];

interface Saved {
	readonly name: string;
	readonly made: Made;
}

/** Why an act can't go on yet. */
export type Barrier = "backup_failed" | "backup_lacks";

/** *Keep a backup file*: ticked; while it is, nothing is asked for before the file is proved and saved. */
export class KeepBackup implements ReactiveController {
	private wanted = true;
	private saved: Saved | undefined;
	private readonly underway: Underway;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
		this.underway = new Underway(host);
	}

	hostConnected(): void {}

	/** Where this device holds something, and the act takes it. */
	private offered({ act, alike, onlyHere, differing }: Loss): boolean {
		return OFFERED.includes(act.act) && alike + onlyHere.count + differing.count > 0;
	}

	render(loss: Loss, { vault, sync }: Status, disabled: boolean): TemplateResult | typeof nothing {
		if (!this.offered(loss)) return nothing;
		const isClosed = vault.state === "locked" && sync.state !== "not_connected";
		const keep = option({
			id: "backup-text",
			label: t("backup_keep"),
			hint: isClosed ? `${t("backup_keep_text")} ${t("backup_locked")}` : t("backup_keep_text"),
			checked: this.wanted,
			disabled,
			pick: (wanted) => {
				this.wanted = wanted;
				this.host.requestUpdate();
			},
		});
		return html`<div class="card stack tight">
			${keep} ${this.underway.render()} ${this.saved ? this.kept(this.saved) : nothing}
		</div>`;
	}

	private kept({ name, made }: Saved): TemplateResult {
		const entries = count("entries", made.count);
		return html`<p class="small" role="status">${icon("done")} ${t("backup_saved", { file: name, entries })}</p>
			${fileList("backup_missing", made.missing)}`;
	}

	/** Why the act can't go on. It can where no file is wanted, or the one that is was proved and saved; what that
	 * lacks is shown once before. */
	async keep(loss: Loss): Promise<Barrier | undefined> {
		if (!this.wanted || !this.offered(loss)) return undefined;
		try {
			const made = await this.underway.run(t("backup_making"), (going) => make(going), PATIENCE_MS);
			if (made.sha256 === this.saved?.made.sha256) return undefined;
			this.saved = { name: await save(made), made };
			return made.missing.length > 0 ? "backup_lacks" : undefined;
		} catch (thrown) {
			console.warn(thrown);
			return "backup_failed";
		} finally {
			this.host.requestUpdate();
		}
	}
}
