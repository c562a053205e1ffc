import { clearClipboardIn } from "../background/client.ts";
import { settings } from "../storage/index.ts";
import { t } from "../ui/text.ts";
import { say } from "./events.ts";

/** Copies a secret; the background clears the clipboard, also when this page is gone. `what` begins the message. */
export async function copySecret(from: EventTarget, what: string, value: string): Promise<void> {
	if (!(await write(from, value))) return;
	const { clipboardSeconds } = await settings();
	await clearClipboardIn(clipboardSeconds);
	if (clipboardSeconds === 0) say(from, { text: t("copied", { what }) });
	else say(from, { text: t("copied_and", { what, s: clipboardSeconds }), seconds: clipboardSeconds });
}

/** Copies what is no secret. A clear that waits for an earlier secret is called off with it. */
export async function copyPlain(from: EventTarget, what: string, value: string): Promise<void> {
	if (!(await write(from, value))) return;
	await clearClipboardIn(0);
	say(from, { text: t("copied", { what }) });
}

async function write(from: EventTarget, value: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(value);
		return true;
	} catch {
		say(from, { text: t("copy_failed") });
		return false;
	}
}
