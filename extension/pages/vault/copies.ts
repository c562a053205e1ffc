import { call } from "../../background/client.ts";
import type { Icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import type { FieldKey, Item, Row } from "../../wasm/sigill.js";
import { copyPlain, copySecret } from "../copy.ts";
import { say } from "../events.ts";
import { failureText } from "../failure.ts";
import { copyCode } from "./copy-code.ts";

/** Something of an entry that is copied without opening it. */
export interface Copy {
	readonly what: "username" | "password" | "code";
	readonly picture: Icon;
	/** What it is called; alone; and of which entry, where several are in sight. */
	readonly name: Key;
	readonly said: Key;
	readonly nameOf: Key;
	readonly run: (from: EventTarget, row: Row) => Promise<void>;
}

const USERNAME: Copy = {
	what: "username",
	picture: "account",
	name: "what_username",
	said: "said_username",
	nameOf: "what_username_of",
	run: (from, row) =>
		withItem(from, row, (item) => copyPlain(from, t("said_username"), text(item, "username"))),
};
const PASSWORD: Copy = {
	what: "password",
	picture: "key",
	name: "what_password",
	said: "said_password",
	nameOf: "what_password_of",
	run: (from, row) =>
		withItem(from, row, async (item) => {
			const password = text(item, "password");
			if (password) await copySecret(from, t("said_password"), password);
			else say(from, { text: t("copy_no_password") });
		}),
};
const CODE: Copy = {
	what: "code",
	picture: "code",
	name: "what_code",
	said: "said_code",
	nameOf: "what_code_of",
	run: (from, row) => trying(from, () => copyCode(from, row.id)),
};

/** What there is to copy of an entry, as far as its row tells. */
export function copiesOf(row: Row): readonly Copy[] {
	const isLogin = row.kind === "login";
	return [
		...(isLogin && row.detail ? [USERNAME] : []),
		...(isLogin ? [PASSWORD] : []),
		...(row.totp ? [CODE] : []),
	];
}

function text({ content }: Item, field: FieldKey): string {
	return content.values.find((value) => value.field === field)?.text ?? "";
}

/** The index proposes, the item decides. */
async function withItem(from: EventTarget, row: Row, copy: (item: Item) => Promise<void>): Promise<void> {
	await trying(from, async () => copy(await call("item", row.id)));
}

async function trying(from: EventTarget, copy: () => Promise<void>): Promise<void> {
	try {
		await copy();
	} catch (thrown) {
		say(from, { text: failureText(thrown) ?? t("copy_failed") });
	}
}
