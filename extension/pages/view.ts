import type { Kind, Scope } from "../wasm/sigill.js";
import { isTopic, type Topic } from "./help/topic.ts";
import { isKind } from "./vault/kinds.ts";

/** What a page can show. The address after `#` says which. */
export type View =
	| { readonly view: "welcome" }
	| { readonly view: "create" }
	| { readonly view: "connect" }
	| { readonly view: "differs" }
	| { readonly view: "change" }
	| { readonly view: "recovery" }
	| { readonly view: "passkeys" }
	| { readonly view: "derivation" }
	| { readonly view: "help"; readonly topic?: Topic }
	| { readonly view: "unlock" }
	| VaultView
	| { readonly view: "generator" }
	| { readonly view: "health" }
	| { readonly view: "import" }
	| { readonly view: "export" }
	| { readonly view: "account" }
	| { readonly view: "timeline" }
	| { readonly view: "settings" }
	| { readonly view: "damaged" };

export interface VaultView {
	readonly view: "vault";
	/** What the list shows. */
	readonly scope: Scope;
	readonly open: Open;
}

/** What is open beside the list. */
export type Open =
	| { readonly pane: "none" }
	| { readonly pane: "item"; readonly id: string }
	| { readonly pane: "edit"; readonly id: string }
	/** Without a kind it is asked for. */
	| { readonly pane: "new"; readonly kind: Kind | undefined };

export const VAULT: VaultView = { view: "vault", scope: { of: "all" }, open: { pane: "none" } };

export function address(view: View): string {
	if (view.view === "help" && view.topic) return `#help/${view.topic}`;
	if (view.view !== "vault") return `#${view.view}`;
	const place = `#${scopeAddress(view.scope)}`;
	switch (view.open.pane) {
		case "none":
			return place;
		case "new":
			return view.open.kind ? `${place}/new/${view.open.kind}` : `${place}/new`;
		case "item":
			return `${place}/${view.open.id}`;
		case "edit":
			return `${place}/${view.open.id}/edit`;
	}
}

/** `vault`, `trash`, `kind=card`, `folder=Home%2FBank`. */
export function scopeAddress(scope: Scope): string {
	switch (scope.of) {
		case "all":
			return "vault";
		case "favourites":
		case "archive":
		case "trash":
			return scope.of;
		case "kind":
			return `kind=${scope.kind}`;
		case "folder":
			return `folder=${encodeURIComponent(scope.folder)}`;
		case "tag":
			return `tag=${encodeURIComponent(scope.tag)}`;
	}
}

/** The view of an address; what makes no sense shows the vault. */
export function viewOf(hash: string): View {
	const [name = "", id, verb] = hash.replace(/^#/, "").split("/");
	switch (name) {
		case "welcome":
		case "create":
		case "connect":
		case "differs":
		case "change":
		case "recovery":
		case "passkeys":
		case "derivation":
		case "unlock":
		case "generator":
		case "health":
		case "import":
		case "export":
		case "account":
		case "timeline":
		case "settings":
		case "damaged":
			return { view: name };
		case "help":
			return isTopic(id) ? { view: name, topic: id } : { view: name };
		default: {
			const scope = scopeOf(name);
			return scope ? { view: "vault", scope, open: paneOf(id, verb) } : VAULT;
		}
	}
}

function scopeOf(name: string): Scope | undefined {
	const [of, about] = name.split("=");
	switch (of) {
		case "vault":
			return { of: "all" };
		case "favourites":
		case "archive":
		case "trash":
			return { of };
		case "kind":
			return isKind(about) ? { of, kind: about } : undefined;
		case "folder":
			return about ? { of, folder: decoded(about) } : undefined;
		case "tag":
			return about ? { of, tag: decoded(about) } : undefined;
		default:
			return undefined;
	}
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function paneOf(id: string | undefined, verb: string | undefined): Open {
	if (id === "new") return { pane: "new", kind: isKind(verb) ? verb : undefined };
	if (!id || !/^[0-9a-f]+$/i.test(id)) return { pane: "none" };
	return { pane: verb === "edit" ? "edit" : "item", id };
}
