import type { Icon } from "../../ui/icon.ts";
import type { Key } from "../../ui/text.ts";
import type { Status } from "../../wasm/sigill.js";
import type { Topic } from "../help/topic.ts";
import { type Content, TOPICS } from "../help/topics.ts";
import { admitted } from "../screens.ts";
import { address, VAULT, type View } from "../view.ts";

export interface Place {
	readonly name: Key;
	readonly picture: Icon;
	readonly view: View;
}

type Named = readonly [name: Key, picture: Icon];

/** Every view but the vault's, in the order in which they are offered; one that nobody goes to by name says so. */
const VIEWS: Readonly<Record<Exclude<View["view"], "vault">, Named | undefined>> = {
	generator: ["nav_generator", "dice"],
	health: ["nav_health", "health"],
	import: ["nav_import", "import"],
	export: ["export_title", "download"],
	settings: ["nav_settings", "settings"],
	account: ["nav_account", "account"],
	connect: ["connect_title", "cloud"],
	timeline: ["timeline_title", "code"],
	change: ["change_title", "key"],
	passkeys: ["passkeys_title", "passkey"],
	recovery: ["recovery_code", "print"],
	derivation: ["kdf_title", "lock"],
	help: ["help_nav", "help"],
	create: ["create_title", "vault"],
	welcome: undefined,
	unlock: undefined,
	damaged: undefined,
	differs: undefined,
};

const LISTS: readonly Place[] = [
	{ name: "nav_vault", picture: "vault", view: VAULT },
	{ name: "scope_favourites", picture: "star", view: { ...VAULT, scope: { of: "favourites" } } },
	{ name: "scope_archive", picture: "archive", view: { ...VAULT, scope: { of: "archive" } } },
	{ name: "nav_trash", picture: "trash", view: { ...VAULT, scope: { of: "trash" } } },
];

/** Where one can go as things stand. */
export function places(status: Status): Place[] {
	const views = Object.entries(VIEWS) as [keyof typeof VIEWS, Named | undefined][];
	const all = views.flatMap(([view, named]) =>
		named && isOfUse(view, status) ? [{ name: named[0], picture: named[1], view: { view } }] : [],
	);
	return [...LISTS, ...all, ...help()].filter(
		({ view }) => address(admitted(status, view)) === address(view),
	);
}

function help(): Place[] {
	const topics = Object.entries(TOPICS) as [Topic, Content][];
	return topics.map(([topic, { title }]) => ({
		name: title,
		picture: "help",
		view: { view: "help", topic },
	}));
}

/** What is admitted, and yet of no use to somebody who has an account, or has none. */
function isOfUse(view: View["view"], { account }: Status): boolean {
	if (view === "connect") return account === undefined;
	return view !== "timeline" || account !== undefined;
}
