import {
	html,
	nothing,
	type ReactiveController,
	type ReactiveControllerHost,
	type TemplateResult,
} from "lit";
import { call } from "../../background/client.ts";
import { option, problem } from "../../ui/field.ts";
import { icon } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import type { Loss, WantedFile } from "../../wasm/sigill.js";
import { make, proved, save } from "../backup-file.ts";
import { failedWith } from "../failure.ts";
import { fileList } from "../missing-files.ts";
import { Underway } from "../underway.ts";

type Leaves = "sealed" | "nothing";
type File_ = "unsaved" | "making" | "saved" | "whole" | "other" | "incomplete" | "failed";

/** What a clear leaves on this device. *Nothing* only where the cloud or a file that was read back holds the same. */
export class Leave implements ReactiveController {
	private leaves: Leaves = "sealed";
	private file: File_ = "unsaved";
	/** Of the file that was picked and found whole. */
	private hash: string | undefined;
	/** Of the loss that it was found for. */
	private seen: string | undefined;
	/** Files that the saved one lacks. */
	private missing: readonly WantedFile[] = [];
	private readonly underway: Underway;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
		this.underway = new Underway(host);
	}

	hostConnected(): void {}

	private offered({ act }: Loss): boolean {
		return act.act === "clear_this_device";
	}

	/** Another loss is shown: what was checked before says nothing of it. */
	show({ hash }: Loss): void {
		if (hash === this.seen) return;
		this.seen = hash;
		this.hash = undefined;
		this.file = "unsaved";
	}

	/** Nothing stays, so nothing can be undone here. */
	get nothing(): boolean {
		return this.leaves === "nothing";
	}

	/** It can't go on: nothing is to stay, and nothing else was seen to hold the same. */
	barred(loss: Loss): boolean {
		return this.offered(loss) && this.nothing && !loss.inStep && this.hash === undefined;
	}

	render(loss: Loss, disabled: boolean): TemplateResult | typeof nothing {
		if (!this.offered(loss)) return nothing;
		return html`<fieldset ?disabled=${disabled}>
			<legend>${t("leave_legend")}</legend>
			<div class="card stack tight">
				${this.choice("sealed", t("leave_sealed_text"))}
				${this.choice("nothing", t(loss.inStep ? "leave_nothing_cloud" : "leave_nothing_file"))}
				${this.nothing && !loss.inStep ? this.check() : nothing}
			</div>
		</fieldset>`;
	}

	private choice(leaves: Leaves, hint: string): TemplateResult {
		return option({
			id: `leave-${leaves}`,
			of: "leave",
			label: t(`leave_${leaves}`),
			hint,
			checked: this.leaves === leaves,
			pick: () => {
				this.leaves = leaves;
				this.host.requestUpdate();
			},
		});
	}

	private check(): TemplateResult {
		if (this.file === "whole")
			return html`<p class="small" role="status">${icon("done")} ${t("leave_checked")}</p>`;
		return html`<div class="stack tight">
			<button type="button" ?disabled=${this.file === "making"} @click=${this.save}>${t("leave_save")}</button>
			${this.underway.render()} ${fileList("backup_missing", this.missing)}
			<div class="field">
				<label for="leave-file">${t("leave_file")}</label>
				<input id="leave-file" type="file" accept=".sigill" @change=${this.picked} />
			</div>
			${problem(this.trouble)}
		</div>`;
	}

	private get trouble(): string | undefined {
		if (this.file === "other") return t("leave_other_file");
		if (this.file === "incomplete") return t("leave_incomplete");
		return this.file === "failed" ? t("leave_failed") : undefined;
	}

	private readonly save = async (): Promise<void> => {
		this.file = "making";
		try {
			const made = await this.underway.run(t("backup_making"), (going) => make(going));
			this.missing = made.missing;
			await save(made);
			this.file = "saved";
		} catch (thrown) {
			console.warn(thrown);
			this.file = "failed";
		}
		this.host.requestUpdate();
	};

	/** The file is read back from where the browser put it; the session says whether it is the vault's. */
	private readonly picked = async (event: Event & { currentTarget: HTMLInputElement }): Promise<void> => {
		const file = event.currentTarget.files?.[0];
		if (!file) return;
		try {
			const { sha256: hash } = await this.underway.run(t("leave_checking"), (going) => proved(file, going));
			await call("leaveNothing", hash);
			this.hash = hash;
			this.file = "whole";
		} catch (thrown) {
			console.warn(thrown);
			this.file = failedWith(thrown, "file_incomplete") ? "incomplete" : "other";
		}
		this.host.requestUpdate();
	};

	/** Tells the session, before anything is asked for. */
	async settle(loss: Loss): Promise<void> {
		if (!this.offered(loss)) return;
		if (this.nothing) await call("leaveNothing", this.hash);
		else await call("leaveSealed");
	}
}
