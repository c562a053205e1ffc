import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../background/client.ts";
import { base, notices } from "../ui/base.ts";
import { buttons } from "../ui/controls.ts";
import { type Icon, icon, seal } from "../ui/icon.ts";
import { type Key, t } from "../ui/text.ts";
import type { Status } from "../wasm/sigill.js";
import "./banner.ts";
import { doors } from "./doors.ts";
import { forget } from "./health/known.ts";
import "./offered-passkeys.ts";
import { ariaShortcut, isShortcut, shortcut } from "./keys.ts";
import { openFull } from "./open.ts";
import { isPopup } from "./page.ts";
import type { Palette } from "./palette/palette.ts";
import type { Screen } from "./screen.ts";
import "./pending.ts";
import { admitted, load, show } from "./screens.ts";
import { shellSheet } from "./shell-sheet.ts";
import "./site-access.ts";
import { Standing } from "./standing.ts";
import type { Toasts } from "./toasts.ts";
import "./toasts.ts";
import { address, VAULT, type View, viewOf } from "./view.ts";

/** What asks for a file, shows a sheet or takes its time. */
const IN_A_TAB: readonly View["view"][] = ["import", "health", "create", "change", "recovery", "passkeys"];

/** The frame of popup and full page: header, ways around, one screen, messages. */
@customElement("sg-shell")
export class Shell extends LitElement {
	static override styles = [base, buttons, notices, shellSheet];

	/** A message may name an entry, and its undo needs the vault; what is found does so too, and so does what was learnt. */
	private readonly standing = new Standing(this, () => {
		this.toasts?.close();
		this.palette?.close();
		forget();
	});
	@state() private accessor wanted: View = viewOf(location.hash);
	@state() private accessor loaded: ReadonlySet<string> = new Set();
	private shownView = "";
	/** It was asked for before the page knew where the person stands. */
	private finds = false;
	private stood: string | undefined;
	/** The vault closed or went: what was wanted before has to wait. */
	private homeward = false;

	constructor() {
		super();
		this.addEventListener("sigill-go", ({ detail }) => this.go(detail));
		this.addEventListener("sigill-leave", () => void this.screen?.focusStart());
		this.addEventListener("sigill-status", ({ detail }) => this.standing.take(detail));
		this.addEventListener("sigill-say", ({ detail }) => this.toasts?.show(detail));
	}

	override connectedCallback(): void {
		super.connectedCallback();
		addEventListener("hashchange", this.moved);
		addEventListener("keydown", this.pressed);
		this.toggleAttribute("popup", isPopup);
		void load(this.wanted.view); // on its way while the session answers
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		removeEventListener("hashchange", this.moved);
		removeEventListener("keydown", this.pressed);
	}

	private get toasts(): Toasts | null {
		return this.renderRoot.querySelector<Toasts>("sg-toasts");
	}

	private get screen(): Screen | null {
		return this.renderRoot.querySelector<Screen>(`sg-${this.shownView}`);
	}

	private get palette(): Palette | null {
		return this.renderRoot.querySelector<Palette>("sg-palette:defined");
	}

	private readonly pressed = (event: KeyboardEvent): void => {
		if (!isShortcut(event, "k")) return;
		event.preventDefault(); // the browser's own search
		void this.find();
	};

	/** It is loaded when the page is at rest; whoever is faster waits for it. */
	private readonly find = async (): Promise<void> => {
		if (!this.palette) await import("./palette/palette.ts");
		this.finds = !this.palette;
		await this.palette?.toggle();
	};

	private readonly moved = (): void => {
		this.homeward = false;
		this.wanted = viewOf(location.hash);
	};

	private go(view: View): void {
		// A popup is gone once it loses the focus: files are picked, and sheets printed, in a tab.
		if (isPopup && IN_A_TAB.includes(view.view)) {
			void openFull(view);
			return;
		}
		this.homeward = false;
		location.hash = address(view);
		this.wanted = view;
	}

	protected override willUpdate(): void {
		const stands = this.standing.status?.vault.state;
		if (stands === this.stood) return;
		this.homeward = this.stood !== undefined && stands !== "open";
		this.stood = stands;
	}

	private viewOf(status: Status): View {
		return admitted(status, this.homeward ? VAULT : this.wanted);
	}

	override render(): TemplateResult {
		const { status, failure } = this.standing;
		if (!status) return this.begin(failure);
		const view = this.viewOf(status);
		const ready = this.loaded.has(view.view);
		return html`${this.head(status, view)}
			<main id="main" class=${view.view === "vault" ? "fixed" : ""}>
				<div>
					${
						isPopup
							? html`<sg-offered-passkeys .status=${status}></sg-offered-passkeys>
								<sg-pending .status=${status}></sg-pending>`
							: nothing
					}
					${view.view === "differs" ? nothing : html`<sg-banner .status=${status} .above=${view.view}></sg-banner>`}
					${view.view === "differs" || view.view === "settings" ? nothing : html`<sg-site-access></sg-site-access>`}
				</div>
				${ready ? show(view.view, status, view) : html`<p class="begin soft">${t("loading")}</p>`}
			</main>
			${status.vault.state === "open" ? doors(view) : nothing}
			<sg-palette .status=${status} .popup=${isPopup}></sg-palette>
			<sg-toasts></sg-toasts>`;
	}

	private begin(failure: unknown): TemplateResult {
		if (failure === undefined)
			return html`<main><p class="begin soft" role="status">${t("loading")}</p></main>`;
		return html`<main class="begin stack">
			<h1>${t("crash_title")}</h1>
			<p role="alert">${t("crash_text")}</p>
		</main>`;
	}

	protected override updated(_changed: PropertyValues): void {
		const { status } = this.standing;
		if (!status) return;
		if (this.finds) void this.find();
		const view = this.viewOf(status);
		if (!this.loaded.has(view.view)) {
			void load(view.view).then(() => {
				this.loaded = new Set([...this.loaded, view.view]);
			});
			return;
		}
		if (this.shownView === view.view) return;
		this.shownView = view.view;
		void this.screen?.focusStart();
		requestIdleCallback(() => import("./palette/palette.ts"));
	}

	private head(status: Status, view: View): TemplateResult {
		const open = status.vault.state === "open";
		const away = view.view !== admitted(status, VAULT).view;
		const full = t("nav_full");
		return html`<header>
			${
				away && !open
					? html`<button class="icon-only" aria-label=${t("back")} title=${t("back")} @click=${() => this.go(VAULT)}>
							${icon("back")}
						</button>`
					: nothing
			}
			<a class="brand" href=${open ? address(VAULT) : "#"} aria-label=${t("app_name")}>
				${seal(28)}<span>${t("app_name")}</span>
			</a>
			<div class="tools">
				${this.tool("help_nav", "help", address({ view: "help" }))}
				<button
					class="icon-only"
					aria-label=${t("palette_title")}
					title="${t("palette_title")} (${shortcut("k")})"
					aria-keyshortcuts=${ariaShortcut("k")}
					@click=${this.find}
				>
					${icon("search")}
				</button>
				${
					open
						? nothing
						: html`${this.tool("nav_account", "account", "#account")} ${this.tool("nav_settings", "settings", "#settings")}`
				}
				${
					isPopup
						? html`<button
								class="icon-only"
								aria-label=${full}
								title=${full}
								@click=${() => openFull(this.wanted)}
							>
								${icon("tab")}
							</button>`
						: nothing
				}
				${open ? html`<button class="lock" @click=${this.lock}>${icon("lock")}<span>${t("nav_lock")}</span></button>` : nothing}
			</div>
		</header>`;
	}

	private tool(name: Key, picture: Icon, href: string): TemplateResult {
		return html`<a class="button icon-only" href=${href} aria-label=${t(name)} title=${t(name)}>${icon(picture)}</a>`;
	}

	private async lock(): Promise<void> {
		this.standing.take(await call("lock"));
	}
}
