import type { Locator, Page } from "@playwright/test";
import type { Status } from "../../extension/wasm/sigill.js";
import { expectAccessible } from "../rig/axe.ts";
import { Danger } from "../rig/danger.ts";
import { sealed } from "../rig/evidence.ts";
import { expect, type Rig, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn, type Mailbox } from "../rig/mail.ts";
import { Person } from "../rig/person.ts";
import { pattern } from "../rig/texts.ts";

const DAY = 24 * 3600;
const NEW = "ett nytt kontolösenord";

/** A vault of two entries on a device that the account has known for four days. */
async function ofDays({ person, service }: Pick<Rig, "person" | "service">): Promise<void> {
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	service.advance(4 * DAY);
}

/** Whoever reads the mailbox sets another account password; the mails are read. */
async function resetByMail({ t, account }: Person, tab: Page, mailbox: Mailbox): Promise<void> {
	const press = (key: string) => tab.getByRole("button", { name: t(key) }).click();
	await expectAccessible(tab, "forgot");
	await tab.getByLabel(t("portal_email")).fill(account.email);
	await press("portal_password_mail_button");
	await tab.getByLabel(t("portal_code")).fill(codeIn(await mailbox.next()));
	await expectAccessible(tab, "forgot-code");
	await press("portal_code_button");
	for (const key of ["portal_new_password", "portal_new_password_again"])
		await tab.getByLabel(t(key)).fill(NEW);
	await press("portal_save");
	await expect(tab.getByText(t("portal_forgotten_held"))).toBeVisible();
	const notices = [await mailbox.next(), await mailbox.next()].map(({ subject }) => subject);
	expect(notices).toContain(t("mail_held_subject"));
}

/** The same person, or whoever goes for her, with the password that was set. */
function withNew(person: Person, mailbox: Mailbox): Person {
	const { browser, page, language, account } = person;
	return new Person(browser, page, language, mailbox, { ...account, password: NEW });
}

function alarm({ t, page }: Person, on: Page = page): Locator {
	return on.getByRole("heading", { name: pattern(t("held_title")) });
}

/** How many seconds what is held still waits, by the service's clock. */
async function waits(person: Person, ahead: number): Promise<number> {
	const { held } = await person.ask<Status>("status");
	return (held?.until ?? 0) - ahead - Date.now() / 1000;
}

test("S40: after a reset by mail alone the device that it signed out says until when, and stops it by its key", async ({
	person,
	device,
	network,
	service,
	mailbox,
}) => {
	test.setTimeout(180_000);
	await ofDays({ person, service });
	const before = await sealed(person);
	const thief = withNew(await device("B"), mailbox);
	await thief.page.goto(`${network.url}/portal/forgot`);
	await resetByMail(thief, thief.page, mailbox);
	await thief.signIn();
	await expect(thief.button("found_cloud_do")).toBeVisible();

	await person.open("account");
	await expect(person.button("sync_sign_in").first()).toBeVisible(); // the reset signed it out
	await expect(alarm(person)).toBeVisible();
	expect(await waits(person, 4 * DAY)).toBeGreaterThan(3 * DAY - 300);
	await expect(person.says("held_text")).toBeVisible();
	await expect(person.says("held_way_elsewhere")).toBeVisible();
	await expectAccessible(person.page, "account-held");
	await person.open("vault");
	await expect(alarm(person)).toBeVisible();

	await person.button("held_open").click();
	await person.button("portal_wait_stop").click();
	await expect(person.says("held_vetoed")).toBeVisible();
	await expect(person.button("portal_wait_stop")).toHaveCount(0); // once
	expect(await waits(person, 4 * DAY)).toBeGreaterThan(10 * DAY - 300);
	expect(await sealed(person)).toEqual(before);

	// Whoever came with the reset is out again.
	await thief.button("found_cloud_do").click();
	await expect(thief.page.getByRole("alert").first()).toBeVisible();
	expect(await sealed(thief)).toEqual([]);
});

test("what is held names its end on the danger page, and a device of days lifts it by the master password", async ({
	person,
	network,
	service,
	mailbox,
}) => {
	test.setTimeout(180_000);
	await ofDays({ person, service });
	const tab = await person.browser.context.newPage();
	await tab.goto(`${network.url}/portal/forgot`);
	await resetByMail(person, tab, mailbox);
	await tab.close();
	const again = withNew(person, mailbox);
	await again.signIn();
	await again.button("found_same_do").click(); // it is the account's already: nothing is typed
	await expect(again.heading("nav_vault")).toBeVisible();

	const danger = await Danger.from(again, "clear_everywhere");
	await danger.button("send_code").click();
	await expect(danger.says("error_held")).toBeVisible();
	await expect(alarm(again, danger.page)).toBeVisible();
	await expect(danger.says("held_way_here")).toBeVisible();
	await expectAccessible(danger.page, "danger-held");
	expect(mailbox.unread).toBe(0);

	await again.open("account");
	await again.secret("unlock_password").fill("inte huvudlösenordet");
	await again.button("held_lift").click();
	await expect(again.says("error_wrong_master_password")).toBeVisible();
	expect(network.count(/hold\/lift/)).toBe(0);
	await again.secret("unlock_password").fill(again.master);
	await again.button("held_lift").click();
	await expect(alarm(again)).toHaveCount(0);

	await danger.page.bringToFront();
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
});
