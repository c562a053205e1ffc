import type { Place } from "../wasm/sigill.js";

/** What a page can show. The address after `#` says which. */
export type View =
	| { readonly view: "welcome" }
	| { readonly view: "create" }
	| { readonly view: "connect" }
	| { readonly view: "differs" }
	| { readonly view: "change" }
	| { readonly view: "recovery" }
	| { readonly view: "help" }
	| { readonly view: "unlock" }
	| VaultView
	| { readonly view: "import" }
	| { readonly view: "account" }
	| { readonly view: "timeline" }
	| { readonly view: "settings" }
	| { readonly view: "damaged" };

export interface VaultView {
	readonly view: "vault";
	readonly place: Place;
	readonly open: Open;
}

/** What is open beside the list. */
export type Open =
	| { readonly pane: "none" }
	| { readonly pane: "item"; readonly id: string }
	| { readonly pane: "edit"; readonly id: string }
	| { readonly pane: "new" };

export const VAULT: VaultView = { view: "vault", place: "vault", open: { pane: "none" } };

export function address(view: View): string {
	if (view.view !== "vault") return `#${view.view}`;
	switch (view.open.pane) {
		case "none":
			return `#${view.place}`;
		case "new":
			return `#${view.place}/new`;
		case "item":
			return `#${view.place}/${view.open.id}`;
		case "edit":
			return `#${view.place}/${view.open.id}/edit`;
	}
}

/** The view of an address; what makes no sense shows the vault. */
export function viewOf(hash: string): View {
	const [name, id, verb] = hash.replace(/^#/, "").split("/");
	switch (name) {
		case "welcome":
		case "create":
		case "connect":
		case "differs":
		case "change":
		case "recovery":
		case "help":
		case "unlock":
		case "import":
		case "account":
		case "timeline":
		case "settings":
		case "damaged":
			return { view: name };
		case "vault":
		case "trash":
			return { view: "vault", place: name, open: paneOf(id, verb) };
		default:
			return VAULT;
	}
}

function paneOf(id: string | undefined, verb: string | undefined): Open {
	if (id === "new") return { pane: "new" };
	if (!id || !/^[0-9a-f]+$/i.test(id)) return { pane: "none" };
	return { pane: verb === "edit" ? "edit" : "item", id };
}
