import { html, type TemplateResult } from "lit";
import type { Status } from "../wasm/sigill.js";
import { VAULT, type View } from "./view.ts";

type Name = View["view"];
type Screens = {
	readonly [N in Name]: {
		/** Loads it; what is heavy comes when it is used. */
		readonly load: () => Promise<unknown>;
		readonly show: (status: Status, view: Extract<View, { view: N }>) => TemplateResult;
	};
};

/** A view without a screen is a type error. */
const SCREENS: Screens = {
	welcome: {
		load: () => import("./views/welcome.ts"),
		show: (status) => html`<sg-welcome .status=${status}></sg-welcome>`,
	},
	create: {
		load: () => import("./views/create.ts"),
		show: (status) => html`<sg-create .status=${status}></sg-create>`,
	},
	connect: {
		load: () => import("./views/connect.ts"),
		show: (status) => html`<sg-connect .status=${status}></sg-connect>`,
	},
	change: {
		load: () => import("./views/change.ts"),
		show: (status) => html`<sg-change .status=${status}></sg-change>`,
	},
	help: {
		load: () => import("./views/help.ts"),
		show: (status, view) => html`<sg-help .status=${status} .topic=${view.topic}></sg-help>`,
	},
	recovery: {
		load: () => import("./views/recovery.ts"),
		show: (status) => html`<sg-recovery .status=${status}></sg-recovery>`,
	},
	passkeys: {
		load: () => import("./views/passkeys.ts"),
		show: (status) => html`<sg-passkeys .status=${status}></sg-passkeys>`,
	},
	derivation: {
		load: () => import("./views/derivation.ts"),
		show: (status) => html`<sg-derivation .status=${status}></sg-derivation>`,
	},
	differs: {
		load: () => import("./views/differs.ts"),
		show: (status) => html`<sg-differs .status=${status}></sg-differs>`,
	},
	unlock: {
		load: () => import("./views/unlock.ts"),
		show: (status) => html`<sg-unlock .status=${status}></sg-unlock>`,
	},
	vault: {
		load: () => import("./views/vault.ts"),
		show: (status, view) => html`<sg-vault .status=${status} .view=${view}></sg-vault>`,
	},
	generator: {
		load: () => import("./views/generator.ts"),
		show: (status) => html`<sg-generator .status=${status}></sg-generator>`,
	},
	health: {
		load: () => import("./views/health.ts"),
		show: (status) => html`<sg-health .status=${status}></sg-health>`,
	},
	import: {
		load: () => import("./views/import.ts"),
		show: (status) => html`<sg-import .status=${status}></sg-import>`,
	},
	export: {
		load: () => import("./views/export.ts"),
		show: (status) => html`<sg-export .status=${status}></sg-export>`,
	},
	account: {
		load: () => import("./views/account.ts"),
		show: (status) => html`<sg-account .status=${status}></sg-account>`,
	},
	timeline: {
		load: () => import("./views/timeline.ts"),
		show: (status) => html`<sg-timeline .status=${status}></sg-timeline>`,
	},
	settings: {
		load: () => import("./views/settings.ts"),
		show: (status) => html`<sg-settings .status=${status}></sg-settings>`,
	},
	damaged: {
		load: () => import("./views/damaged.ts"),
		show: (status) => html`<sg-damaged .status=${status}></sg-damaged>`,
	},
};

export function load(name: Name): Promise<unknown> {
	return SCREENS[name].load();
}

export function show<N extends Name>(
	name: N,
	status: Status,
	view: Extract<View, { view: N }>,
): TemplateResult {
	return SCREENS[name].show(status, view);
}

/** What this device's state lets a page show, when `wanted` is asked for. */
export function admitted({ vault }: Status, wanted: View): View {
	switch (vault.state) {
		case "none":
			return isOneOf(wanted, ["create", "connect", "account", "timeline", "settings", "help"])
				? wanted
				: { view: "welcome" };
		case "locked":
			return isOneOf(wanted, ["connect", "differs", "account", "timeline", "settings", "help"])
				? wanted
				: { view: "unlock" };
		case "damaged":
			return isOneOf(wanted, ["connect", "account", "timeline", "settings", "help"])
				? wanted
				: { view: "damaged" };
		case "open":
			if (wanted.view === "unlock" && vault.unanchored) return wanted;
			return isOneOf(wanted, ["welcome", "create", "unlock", "damaged"]) ? VAULT : wanted;
	}
}

function isOneOf(view: View, names: readonly Name[]): boolean {
	return names.includes(view.view);
}
