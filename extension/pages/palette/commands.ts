import { call } from "../../background/client.ts";
import { changeSettings, type Settings } from "../../storage/index.ts";
import type { Icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { Kind, Status } from "../../wasm/sigill.js";
import { go, say, stands } from "../events.ts";
import { failureText } from "../failure.ts";
import { openFull } from "../open.ts";
import { KINDS } from "../vault/kinds.ts";
import { VAULT } from "../view.ts";
import { places } from "./places.ts";

/** Something to do, by its name. */
export interface Command {
	readonly name: string;
	readonly picture: Icon;
	/** Whatever it shows and says goes to the page that `from` stands in. */
	readonly run: (from: EventTarget) => unknown;
}

/** What can be done as things stand; the first is harmless to whoever presses Enter at once. */
export function commands(status: Status, popup: boolean): Command[] {
	const isOpen = status.vault.state === "open";
	const inStep = status.sync.state === "on" || status.sync.state === "offline";
	const tab: Command = { name: t("nav_full"), picture: "tab", run: () => openFull(VAULT) };
	return [
		...(isOpen ? [...adding(), { name: t("palette_lock"), picture: "lock", run: lock } as const] : []),
		...(isOpen && inStep ? [{ name: t("sync_now"), picture: "sync", run: sync } as const] : []),
		...places(status).map(({ name, picture, view }): Command => {
			return { name: t(name), picture, run: (from) => go(from, view) };
		}),
		...looks(),
		...(popup ? [tab] : []),
	];
}

/** Those in whose name each word that is typed begins a word. */
export function matching(all: readonly Command[], text: string): Command[] {
	const typed = words(text);
	return all.filter(({ name }) => {
		const own = words(name);
		return typed.every((word) => own.some((one) => one.startsWith(word)));
	});
}

function words(text: string): string[] {
	return text
		.toLocaleLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== "");
}

function adding(): Command[] {
	const kinds = Object.entries(KINDS) as [Kind, (typeof KINDS)[Kind]][];
	return kinds.map(([kind, { name, picture }]) => ({
		name: t("edit_title_kind", { kind: t(name) }),
		picture,
		run: (from) => go(from, { ...VAULT, open: { pane: "new", kind } }),
	}));
}

function looks(): Command[] {
	const look = (picture: Icon, title: Key, value: Key, changes: Partial<Settings>): Command => ({
		name: t("palette_set", { setting: t(title), value: t(value) }),
		picture,
		run: () => changeSettings(changes), // every page of ours wears it at once
	});
	return [
		look("theme", "settings_theme", "settings_theme_light", { theme: "light" }),
		look("theme", "settings_theme", "settings_theme_dark", { theme: "dark" }),
		look("theme", "settings_theme", "settings_theme_auto", { theme: "auto" }),
		look("globe", "settings_language", "settings_language_en", { language: "en" }),
		look("globe", "settings_language", "settings_language_sv", { language: "sv" }),
		look("globe", "settings_language", "settings_language_auto", { language: "auto" }),
	];
}

async function lock(from: EventTarget): Promise<void> {
	stands(from, await call("lock"));
}

async function sync(from: EventTarget): Promise<void> {
	say(from, { text: t("sync_running") });
	try {
		const status = await call("syncNow");
		stands(from, status);
		if (status.sync.state === "on") say(from, { text: t("sync_done") });
	} catch (thrown) {
		say(from, { text: failureText(thrown) ?? t("error_unknown") });
	}
}
