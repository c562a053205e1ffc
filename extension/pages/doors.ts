import { html, nothing, type TemplateResult } from "lit";
import { type Icon, icon } from "../ui/icon.ts";
import { type Key, t } from "../ui/text.ts";
import { isPopup } from "./page.ts";
import { address, VAULT, type View } from "./view.ts";

interface Door {
	readonly name: Key;
	readonly picture: Icon;
	readonly view: View;
	readonly popup: boolean;
}

const DOORS: readonly Door[] = [
	{ name: "nav_vault", picture: "vault", view: VAULT, popup: true },
	{ name: "nav_generator", picture: "dice", view: { view: "generator" }, popup: true },
	{ name: "nav_health", picture: "health", view: { view: "health" }, popup: false },
	{ name: "nav_trash", picture: "trash", view: { ...VAULT, scope: { of: "trash" } }, popup: true },
	{ name: "nav_import", picture: "import", view: { view: "import" }, popup: false },
	{ name: "nav_account", picture: "account", view: { view: "account" }, popup: true },
	{ name: "nav_settings", picture: "settings", view: { view: "settings" }, popup: true },
];

/** The door that a view without one lies behind. */
const BEHIND: Partial<Record<View["view"], Key>> = {
	change: "nav_settings",
	connect: "nav_account",
	derivation: "nav_settings",
	differs: "nav_account",
	export: "nav_settings",
	passkeys: "nav_settings",
	recovery: "nav_settings",
	timeline: "nav_account",
};

/** So many, and a button, have room at the foot of a narrow page, in every language. */
const AT_FOOT = 4;

/** The ways around an open vault. The popup has fewer; on a narrow page the last open from a button. */
export function doors(view: View): TemplateResult {
	const all = isPopup ? DOORS.filter(({ popup }) => popup) : DOORS;
	const further = isPopup ? [] : all.slice(AT_FOOT);
	const leads = further.some((door) => current(door, view) !== undefined);
	return html`<nav aria-label=${t("nav")}>
		${all.slice(0, all.length - further.length).map((door) => link(door, view))}
		${
			further.length === 0
				? nothing
				: html`<button class="more" popovertarget="further" aria-current=${leads ? "true" : nothing}>
							${icon("more")}<span>${t("nav_more")}</span>
						</button>
						<div id="further" popover @click=${shut}>${further.map((door) => link(door, view))}</div>`
		}
	</nav>`;
}

function shut({ currentTarget }: Event & { currentTarget: HTMLElement }): void {
	currentTarget.hidePopover();
}

function link(door: Door, view: View): TemplateResult {
	return html`<a href=${address(door.view)} aria-current=${current(door, view) ?? nothing}>
		${icon(door.picture)}<span>${t(door.name)}</span>
	</a>`;
}

function current(door: Door, view: View): "page" | "true" | undefined {
	const inVault = view.view === "vault" && view.scope.of !== "trash";
	const here = inVault ? address(VAULT) : address(view).split("/")[0];
	if (address(door.view) === here) return "page";
	return BEHIND[view.view] === door.name ? "true" : undefined;
}
