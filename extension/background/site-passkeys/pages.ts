/** Answers our own pages: the window that stands before the person, and the popup. */
import { activeTab } from "../tabs.ts";
import { choose, offered, see } from "./answer.ts";
import { openWindow } from "./ask.ts";
import type { Chosen } from "./messages.ts";
import type { FromOwnPage, Used } from "./own-page.ts";

export async function answerSitePasskeys(message: FromOwnPage): Promise<unknown> {
	switch (message.sigill) {
		case "site-passkey-see":
			return see(message.id);
		case "site-passkey-choose":
			return choose(message.id, message.choice);
		case "site-passkey-use":
			return use(message.id, message);
		case "site-passkeys-offered": {
			const tab = await activeTab();
			return tab?.id === undefined ? [] : offered(tab.id);
		}
	}
}

/**
 * Signs by a passkey that was chosen beside a field or in the popup, of those that {@link offered} named; in a window
 * where the person has to be verified first. Whoever calls this saw a person press, or has it from a script of ours that did.
 */
export async function use(id: string, { item, credential }: Used): Promise<Chosen> {
	const became = await choose(id, { choose: "passkey", item, credential });
	if (became === "verify") await openWindow(id);
	return became;
}
