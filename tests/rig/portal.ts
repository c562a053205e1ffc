import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import type { Person } from "./person.ts";
import type { Service } from "./service.ts";
import { pattern } from "./texts.ts";

const DAY = 24 * 3600;

/** A device sent its person to the portal: the page that says which one, and its button. */
export async function sentHere(tab: Page, { t }: Person): Promise<void> {
	const go = tab.getByRole("button", { name: pattern(t("portal_hint_go")) });
	await expectAccessible(tab, "hint");
	await go.click();
}

/** Seven days in which nobody says no: `told` hears the subject of each mail. */
export async function nobodySaysNo(
	{ t }: Person,
	service: Service,
	told: (subject: string) => Promise<void>,
): Promise<void> {
	for (const [passes, subject] of [
		[6 * DAY, "mail_wait_reminded_subject"],
		[DAY, "mail_wait_done_subject"],
	] as const) {
		await service.restart(); // the mail of before is settled: a day is reckoned from it
		service.advance(passes);
		await service.restart(); // what is due is done at its start
		await told(t(subject));
	}
}
