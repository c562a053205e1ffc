import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { seal } from "../../ui/icon.ts";
import { t } from "../../ui/text.ts";
import { Screen } from "../screen.ts";
import type { List } from "../vault/list.ts";
import "../vault/facets.ts";
import "../vault/list.ts";
import "../vault/item.ts";
import "../vault/edit.ts";
import { address, type Open, scopeAddress, VAULT, type VaultView } from "../view.ts";

/** List and entry: side by side where there is room, else one after the other. */
@customElement("sg-vault")
export class Vault extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			:host {
				block-size: 100%;
				min-block-size: 0;
			}
			.split {
				display: grid;
				block-size: 100%;
				grid-template-columns: minmax(0, 1fr);
				grid-template-rows: minmax(0, 1fr);
			}
			.pane {
				overflow: auto;
				min-block-size: 0;
				scrollbar-width: thin;
				scrollbar-color: var(--line-strong) transparent;
			}
			.pick {
				display: none;
			}
			/* One above the other: a list that is only hidden keeps its place. */
			sg-list,
			.pane {
				grid-area: 1 / 1;
			}
			.open sg-list {
				visibility: hidden;
			}
			.aside {
				display: none;
			}
			@media (min-width: 760px) {
				.split {
					grid-template-columns: minmax(20rem, 26rem) minmax(0, 1fr);
				}
				sg-list {
					border-inline-end: var(--hairline) solid var(--line);
				}
				.open sg-list {
					visibility: visible;
				}
				.pane {
					grid-area: 1 / 2;
				}
				.pick {
					display: grid;
					place-items: center;
					color: var(--ink-soft);
				}
				.pick div {
					display: grid;
					gap: var(--s4);
					justify-items: center;
				}
				.pick img {
					opacity: 0.35;
				}
			}
			@media (min-width: 1120px) {
				.split {
					grid-template-columns: 14rem minmax(20rem, 26rem) minmax(0, 1fr);
				}
				.aside {
					display: block;
					grid-area: 1 / 1;
					border-inline-end: var(--hairline) solid var(--line);
				}
				sg-list {
					grid-area: 1 / 2;
				}
				.pane,
				.pick {
					grid-area: 1 / 3;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor view: VaultView = VAULT;

	private get list(): List | null {
		return this.renderRoot.querySelector<List>("sg-list");
	}

	override async focusStart(): Promise<void> {
		await this.updateComplete;
		await (this.renderRoot.querySelector<Screen>("sg-item,sg-edit") ?? this.list)?.focusStart();
	}

	protected override updated(changed: PropertyValues): void {
		const before = changed.get("view");
		if (!isVaultView(before) || address(before) === address(this.view)) return;
		const closed = this.view.open.pane === "none" ? idOf(before.open) : undefined;
		if (scopeAddress(before.scope) !== scopeAddress(this.view.scope)) void this.focusStart();
		else if (closed !== undefined) void this.closed(closed);
		else void this.focusStart();
	}

	private async closed(id: string): Promise<void> {
		await this.list?.search();
		await this.list?.focusEntry(id);
	}

	override render(): TemplateResult {
		const { scope, open } = this.view;
		return html`<div class="split ${open.pane === "none" ? "" : "open"}">
			<sg-facets class="aside" .status=${this.status} .scope=${scope} @sigill-acted=${() => this.list?.acted()}></sg-facets>
			<sg-list .status=${this.status} .scope=${scope} .chosen=${idOf(open)}></sg-list>
			${this.pane(open)}
		</div>`;
	}

	private get holds(): boolean {
		return (
			this.status.vault.state === "open" && this.status.vault.count > 0 && this.view.scope.of !== "trash"
		);
	}

	private pane(open: Open): TemplateResult | typeof nothing {
		const { scope } = this.view;
		switch (open.pane) {
			case "none":
				return html`<div class="pick"><div>${seal(72)}${this.holds ? html`<p>${t("empty_pick")}</p>` : nothing}</div></div>`;
			case "item":
				return html`<div class="pane">
					<sg-item .status=${this.status} .scope=${scope} .entry=${open.id}></sg-item>
				</div>`;
			case "edit":
				return html`<div class="pane">
					<sg-edit .status=${this.status} .scope=${scope} .entry=${open.id}></sg-edit>
				</div>`;
			case "new":
				return html`<div class="pane"><sg-edit .status=${this.status} .scope=${scope} .kind=${open.kind}></sg-edit></div>`;
		}
	}
}

function idOf(open: Open): string | undefined {
	return open.pane === "item" || open.pane === "edit" ? open.id : undefined;
}

function isVaultView(value: unknown): value is VaultView {
	return typeof value === "object" && value !== null && "open" in value;
}
