import type { Icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { FieldKey, Kind, PartKey, Scope, Shelf } from "../../wasm/sigill.js";
import { urlsTold } from "./rules.ts";

/** Each kind's picture and name. */
export const KINDS: Readonly<Record<Kind, { readonly name: Key; readonly picture: Icon }>> = {
	login: { name: "kind_login", picture: "key" },
	note: { name: "kind_note", picture: "note" },
	card: { name: "kind_card", picture: "card" },
	identity: { name: "kind_identity", picture: "account" },
	document: { name: "kind_document", picture: "document" },
	ssh_key: { name: "kind_ssh_key", picture: "terminal" },
	wifi: { name: "kind_wifi", picture: "wifi" },
	passkey: { name: "kind_passkey", picture: "passkey" },
	custom: { name: "kind_custom", picture: "custom" },
};

export function isKind(name: unknown): name is Kind {
	return typeof name === "string" && Object.hasOwn(KINDS, name);
}

/** Each field's name; a field without one does not compile. */
export const FIELDS: Readonly<Record<FieldKey, Key>> = {
	username: "item_username",
	password: "item_password",
	totp: "field_totp",
	holder: "field_holder",
	card_number: "field_card_number",
	expiry: "field_expiry",
	security_code: "field_security_code",
	pin: "field_pin",
	bank: "field_bank",
	first_name: "field_first_name",
	middle_name: "field_middle_name",
	last_name: "field_last_name",
	birthday: "field_birthday",
	email: "field_email",
	phone: "field_phone",
	company: "field_company",
	street: "field_street",
	postal_code: "field_postal_code",
	city: "field_city",
	region: "field_region",
	country: "field_country",
	personal_number: "field_personal_number",
	type: "field_type",
	document_number: "field_document_number",
	issuer: "field_issuer",
	issued_on: "field_issued_on",
	expires_on: "field_expires_on",
	private_key: "field_private_key",
	public_key: "field_public_key",
	passphrase: "field_passphrase",
	fingerprint: "field_fingerprint",
	network: "field_network",
	protection: "field_protection",
	notes: "item_notes",
};

export function isField(name: string): name is FieldKey {
	return Object.hasOwn(FIELDS, name);
}

const PARTS: Readonly<Record<Exclude<PartKey, FieldKey>, Key>> = {
	kind: "field_kind",
	name: "field_name",
	urls: "item_urls",
	tags: "field_tags",
	folder: "field_folder",
	shelf: "field_shelf",
	custom: "edit_field_value",
	passkey: "field_passkey",
	file: "field_file",
};

/** What a part of an item is called; one of the person's own by its label. */
export function partName(part: PartKey, label: string | undefined): string {
	return label || t({ ...FIELDS, ...PARTS }[part], { n: "" });
}

const SHELVES: Readonly<Record<Shelf, Key>> = {
	active: "shelf_active",
	archived: "shelf_archived",
	trashed: "shelf_trashed",
};

function isShelf(name: string): name is Shelf {
	return Object.hasOwn(SHELVES, name);
}

/** What stood in a part, in the person's language. */
export function partText(part: PartKey, text: string): string {
	if (part === "kind" && isKind(text)) return t(KINDS[text].name);
	if (part === "shelf" && isShelf(text)) return t(SHELVES[text]);
	if (part === "urls") return urlsTold(text);
	return text;
}

/** What a list of that scope is called. */
export function scopeName(scope: Scope): string {
	switch (scope.of) {
		case "all":
			return t("vault_title");
		case "favourites":
			return t("scope_favourites");
		case "archive":
			return t("scope_archive");
		case "trash":
			return t("trash_title");
		case "kind":
			return t(KINDS[scope.kind].name);
		case "folder":
			return scope.folder;
		case "tag":
			return scope.tag;
	}
}
