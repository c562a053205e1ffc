/**
 * Entries that are dragged onto a place beside the list. Which ones stays in this page: other pages and programs that
 * something of ours is dropped on get nothing. Whoever doesn't drag has the same acts in the list's selection.
 */
import type { BulkAct, Scope } from "../../wasm/sigill.js";

/** Some browsers drag nothing that has no data. */
const KIND = "application/x-sigill";

let dragged: { readonly ids: readonly string[]; readonly from: Scope } | undefined;

/** Takes them up, where `from` is the list that they lie in. */
export function takeUp({ dataTransfer }: DragEvent, ids: readonly string[], from: Scope): void {
	if (!dataTransfer) return;
	dragged = { ids, from };
	dataTransfer.clearData(); // a link would hand over its address
	dataTransfer.setData(KIND, "");
	dataTransfer.effectAllowed = "move";
}

export function letGo(): void {
	dragged = undefined;
}

/** What begins to be dragged now takes the place of what a row that went away left behind. */
addEventListener("dragstart", letGo, true);

/** What dropping them there does; nothing where they are already, where nothing can be put, and for what isn't ours. */
export function dropOn(
	{ dataTransfer }: DragEvent,
	to: Scope,
): { ids: readonly string[]; act: BulkAct } | undefined {
	if (!dataTransfer?.types.includes(KIND)) return undefined;
	const act = dragged && actOf(to, dragged.from);
	return dragged && act ? { ids: dragged.ids, act } : undefined;
}

function actOf(to: Scope, from: Scope): BulkAct | undefined {
	const isPutAway = from.of === "archive" || from.of === "trash";
	switch (to.of) {
		case "all":
			return isPutAway ? { act: "restore" } : undefined;
		case "folder":
			return from.of === "folder" && from.folder === to.folder
				? undefined
				: { act: "move", folder: to.folder };
		case "tag":
			return from.of === "tag" && from.tag === to.tag ? undefined : { act: "tag", tag: to.tag };
		case "favourites":
			return from.of === "favourites" ? undefined : { act: "mark" };
		case "archive":
		case "trash":
			return from.of === to.of ? undefined : { act: to.of };
		case "kind":
			return undefined;
	}
}
