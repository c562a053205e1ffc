import { call } from "../../background/client.ts";
import { t, textOf } from "../../ui/text.ts";
import { copySecret } from "../copy.ts";
import { say } from "../events.ts";

/** Copies the one-time code of an entry; of a key that counts, the next one. */
export async function copyCode(from: EventTarget, entry: string): Promise<void> {
	const codes = await call("oneTimeCode", entry, undefined);
	if (codes.by === "nothing") {
		say(from, { text: textOf(codes.why) ?? t("copy_failed") });
		return;
	}
	const code = codes.by === "clock" ? codes.now : await call("nextCode", entry, undefined);
	await copySecret(from, t("otp_code"), code.text);
}
