import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { problem, textField } from "../../ui/field.ts";
import { type Icon, icon } from "../../ui/icon.ts";
import { type CountKey, count, type Key, t } from "../../ui/text.ts";
import type { Batch, BulkAct, Deed, Scope } from "../../wasm/sigill.js";
import { say } from "../events.ts";
import { Screen } from "../screen.ts";

const SAID: Readonly<Record<Exclude<Deed, "import">, CountKey>> = {
	trash: "deed_trash",
	archive: "deed_archive",
	restore: "deed_restore",
	move: "deed_move",
	tag: "deed_tag",
	untag: "deed_untag",
	mark: "deed_mark",
	unmark: "deed_unmark",
};

/** What a batch did, in words. */
export function deedText({ deed, count: n, source }: Batch): string {
	return deed === "import" ? source : count(SAID[deed], n, { source });
}

/** The way back from a batch, and what is said then. */
export async function takeBack({ id }: Batch): Promise<string> {
	return count("undone", await call("undo", id));
}

/** Does it to all of them, and says so, with the way back. */
export async function actOn(from: EventTarget, ids: readonly string[], act: BulkAct): Promise<void> {
	const batch = await call("bulk", { ids: [...ids], act });
	say(from, { text: deedText(batch), undo: () => takeBack(batch) });
}

/** What can be done to the entries that are selected. */
@customElement("sg-bulk")
export class Bulk extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			:host {
				display: grid;
				gap: var(--s3);
			}
			.tools {
				display: grid;
				grid-template-columns: repeat(auto-fill, minmax(min(10rem, 100%), 1fr));
				gap: var(--s2);
			}
			.tools button {
				justify-content: start;
				text-align: start;
				padding-inline: var(--s3);
			}
		`,
	];

	@property({ attribute: false }) accessor scope: Scope = { of: "all" };
	@property({ attribute: false }) accessor ids: readonly string[] = [];
	@state() private accessor asks: "nothing" | "folder" | "tag" = "nothing";
	@state() private accessor typed = "";
	@state() private accessor known: readonly string[] = [];

	override render(): TemplateResult {
		const kept = this.scope.of !== "archive" && this.scope.of !== "trash";
		return html`<div class="tools" role="group" aria-label=${count("selected", this.ids.length)}>
				${kept ? nothing : this.button("bulk_restore", "undo", () => this.take({ act: "restore" }))}
				${this.button("bulk_move", "folder", () => this.ask("folder"))}
				${this.button("bulk_tag", "tag", () => this.ask("tag"))}
				${kept && this.scope.of !== "favourites" ? this.button("bulk_mark", "star", () => this.take({ act: "mark" })) : nothing}
				${this.scope.of === "archive" ? nothing : this.button("bulk_archive", "archive", () => this.take({ act: "archive" }))}
				${this.scope.of === "trash" ? nothing : this.button("bulk_trash", "trash", () => this.take({ act: "trash" }))}
			</div>
			${this.question()} ${problem(this.failure)}`;
	}

	private button(name: Key, picture: Icon, press: () => void): TemplateResult {
		return html`<button ?disabled=${this.ids.length === 0 || this.busy} @click=${press}>
			${icon(picture)}${t(name)}
		</button>`;
	}

	private question(): TemplateResult | typeof nothing {
		if (this.asks === "nothing") return nothing;
		const folder = this.asks === "folder";
		const typed = this.typed.trim();
		return html`<form class="stack tight" @submit=${this.answer} novalidate>
			${textField({
				id: "bulk-typed",
				label: t(folder ? "bulk_folder" : "bulk_tag_name"),
				value: this.typed,
				list: this.known,
				...(folder ? { hint: t("edit_folder_hint") } : {}),
				input: (value) => {
					this.typed = value;
				},
			})}
			<div class="actions">
				<button class="primary" type="submit" ?disabled=${typed === "" || this.busy}>
					${t(folder ? "bulk_move_do" : "bulk_tag_on")}
				</button>
				${
					folder
						? html`<button type="button" ?disabled=${this.busy} @click=${() => this.take({ act: "move", folder: "" })}>
								${t("bulk_folder_none")}
							</button>`
						: html`<button
								type="button"
								?disabled=${typed === "" || this.busy}
								@click=${() => this.take({ act: "untag", tag: typed })}
							>
								${t("bulk_tag_off")}
							</button>`
				}
			</div>
		</form>`;
	}

	private async ask(what: "folder" | "tag"): Promise<void> {
		this.asks = this.asks === what ? "nothing" : what;
		this.typed = "";
		if (this.asks === "nothing") return;
		const facets = await this.attempt(() => call("facets"));
		this.known = (what === "folder" ? facets?.folders : facets?.tags)?.map(({ name }) => name) ?? [];
		await this.updateComplete;
		this.renderRoot.querySelector<HTMLElement>("#bulk-typed")?.focus();
	}

	private answer(event: Event): void {
		event.preventDefault();
		const typed = this.typed.trim();
		if (typed === "") return;
		void this.take(this.asks === "folder" ? { act: "move", folder: typed } : { act: "tag", tag: typed });
	}

	private async take(what: BulkAct): Promise<void> {
		await this.attempt(() => actOn(this, this.ids, what));
		if (this.failure !== undefined) return;
		this.asks = "nothing";
		this.dispatchEvent(new CustomEvent("sigill-acted"));
	}
}
