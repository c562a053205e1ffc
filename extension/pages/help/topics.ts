import type { Icon } from "../../ui/icon.ts";
import type { Key } from "../../ui/text.ts";
import type { Topic } from "./topic.ts";

/** A part of a topic: one after the other, beside each other, or where it ends. */
export type Part =
	| {
			readonly as: "steps" | "points";
			readonly title: Key;
			readonly lines: readonly Key[];
			/** What stands before its lines, and after them. */
			readonly lead?: Key;
			readonly note?: Key;
	  }
	| { readonly as: "end"; readonly line: Key };

export interface Content {
	readonly picture: Icon;
	readonly title: Key;
	/** What it is about, for whoever chooses it. */
	readonly short: Key;
	/** What stands first on its page. */
	readonly text: Key;
	readonly parts: readonly Part[];
}

type Around = { readonly lead?: Key; readonly note?: Key };

const steps = (title: Key, lines: readonly Key[], around: Around = {}): Part => ({
	as: "steps",
	title,
	lines,
	...around,
});
const points = (title: Key, lines: readonly Key[], around: Around = {}): Part => ({
	as: "points",
	title,
	lines,
	...around,
});

/** Every topic has its page at `#help/NAME`. */
export const TOPICS: Readonly<Record<Topic, Content>> = {
	locked: {
		picture: "key",
		title: "help_title",
		short: "help_locked_short",
		text: "help_text",
		parts: [
			// In this order: what comes first loses least.
			steps("help_vault", ["help_other_device", "help_code", "help_backup", "help_sealed", "help_reset"]),
			steps("help_account", ["help_mail", "help_hold", "help_factor", "help_gone"]),
			{ as: "end", line: "help_end" },
			points("help_relatives", ["help_relatives_sheet", "help_relatives_operator", "help_relatives_mail"]),
		],
	},
	confirm: {
		picture: "warn",
		title: "help_confirm_title",
		short: "help_confirm_text",
		text: "help_confirm_text",
		parts: [
			points(
				"help_confirm_what",
				["help_confirm_reset", "help_confirm_replace", "help_confirm_clear", "help_confirm_weaken"],
				{ note: "help_confirm_everyday" },
			),
			steps("help_confirm_on", ["help_confirm_on_see", "help_confirm_on_mail", "help_confirm_on_type"], {
				note: "help_confirm_on_more",
			}),
			points("help_confirm_off", [
				"help_confirm_off_here",
				"help_confirm_off_password",
				"help_confirm_off_factor",
			]),
			steps(
				"help_confirm_linked",
				[
					"help_confirm_linked_open",
					"help_confirm_linked_in",
					"help_confirm_linked_choose",
					"help_confirm_linked_back",
				],
				{ lead: "help_confirm_linked_why" },
			),
			points("help_confirm_none", [], { lead: "help_confirm_none_text" }),
			points("help_confirm_after", ["help_confirm_after_undo", "help_confirm_after_notme"]),
		],
	},
	sync: {
		picture: "device",
		title: "help_sync_title",
		short: "help_sync_text",
		text: "help_sync_text",
		parts: [
			steps("help_sync_add", ["help_sync_add_first", "help_sync_add_install", "help_sync_add_open"]),
			points("help_sync_know", [
				"help_sync_offline",
				"help_sync_merge",
				"help_sync_differs",
				"help_sync_off",
				"help_sync_shared",
			]),
			steps("help_sync_lost", ["help_sync_lost_out", "help_sync_lost_master"], {
				note: "help_sync_lost_finder",
			}),
		],
	},
	files: {
		picture: "import",
		title: "help_files_title",
		short: "help_files_text",
		text: "help_files_text",
		parts: [
			steps("help_files_in", [
				"help_files_in_export",
				"help_files_in_pick",
				"help_files_in_take",
				"help_files_in_delete",
			]),
			points("help_files_out", ["help_files_out_master", "help_files_out_sealed"]),
			points("help_files_backup", ["help_files_backup_when", "help_files_backup_open"]),
		],
	},
	filling: {
		picture: "edit",
		title: "help_filling_title",
		short: "help_filling_text",
		text: "help_filling_text",
		parts: [
			points("help_filling_how", [
				"help_filling_how_menu",
				"help_filling_how_popup",
				"help_filling_how_site",
				"help_filling_how_warn",
			]),
			points("help_filling_save", ["help_filling_save_ask", "help_filling_save_old"]),
			points("help_filling_off", ["help_filling_off_popup", "help_filling_off_back"]),
		],
	},
	codes: {
		picture: "passkey",
		title: "help_codes_title",
		short: "help_codes_text",
		text: "help_codes_text",
		parts: [
			points("help_codes_sites", ["help_codes_sites_ask", "help_codes_sites_vault", "help_codes_sites_else"]),
			points("help_codes_vault", [], { lead: "help_codes_vault_text" }),
			points("help_codes_otp", ["help_codes_otp_add", "help_codes_otp_use", "help_codes_otp_both"]),
		],
	},
	operator: {
		picture: "cloud",
		title: "help_operator_title",
		short: "help_operator_text",
		text: "help_operator_text",
		parts: [
			points("help_operator_sees", [
				"help_operator_sees_account",
				"help_operator_sees_password",
				"help_operator_sees_vault",
			]),
			points("help_operator_can", ["help_operator_can_delete", "help_operator_can_old"]),
			points("help_operator_cannot", ["help_operator_cannot_open", "help_operator_cannot_erase"]),
			points("help_operator_death", [
				"help_operator_death_sheet",
				"help_operator_death_ask",
				"help_operator_gone",
			]),
		],
	},
	keys: {
		picture: "terminal",
		title: "help_keys_title",
		short: "help_keys_text",
		text: "help_keys_text",
		parts: [],
	},
};
