/** Which items go into which forms. */
import type { FormKind } from "./messages.ts";

/** The kinds of items that go into forms. */
export type Fillable = "login" | "card" | "identity";

export const ITEM_OF: Readonly<Record<FormKind, Fillable>> = {
	sign_in: "login",
	sign_up: "login",
	change_password: "login",
	user_name_step: "login",
	one_time_code: "login",
	forgotten: "login",
	card: "card",
	address: "identity",
	identity: "identity",
};

/** Whether a field is for a password that is new. */
export const isNew = (field: string): boolean => field === "new_password" || field === "confirm_password";
