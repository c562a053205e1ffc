import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import type { Person } from "./person.ts";
import { pattern } from "./texts.ts";

/** A device sent its person to the portal: the page that says which one, and its button. */
export async function sentHere(tab: Page, { t }: Person): Promise<void> {
	const go = tab.getByRole("button", { name: pattern(t("portal_hint_go")) });
	await expectAccessible(tab, "hint");
	await go.click();
}
