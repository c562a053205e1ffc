import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { Gateway } from "../rig/gateway.ts";
import { codeIn, type Mail, type Mailbox } from "../rig/mail.ts";
import type { Person } from "../rig/person.ts";
import { nobodySaysNo, sentHere } from "../rig/portal.ts";
import { enrolPhone } from "../rig/second-factor.ts";

const DAY = 24 * 3600;
const WEEK = 7 * DAY;
const NEW = "anna.ny@person.example";

const test = base.extend<{ texts: Gateway }>({
	texts: async ({ language: _ }, use) => {
		const gateway = await Gateway.open();
		await use(gateway);
		await gateway.close();
	},
	settings: async ({ texts }, use) => use({ SIGILL_SMS_URL: texts.url }),
});

/** The account portal, opened from the extension's page of the account. */
async function portal(person: Person): Promise<Page> {
	await person.page.bringToFront();
	await person.page.goto(person.browser.address("app", "#account"));
	const opens = person.browser.context.waitForEvent("page");
	await person.button("manage_account").click();
	const tab = await opens;
	await sentHere(tab, person);
	return tab;
}

async function signIn(tab: Page, { t, account }: Person): Promise<void> {
	await tab.getByLabel(t("portal_email")).fill(account.email);
	await tab.getByLabel(t("portal_password"), { exact: true }).fill(account.password);
	await tab.getByRole("button", { name: t("portal_sign_in"), exact: true }).click();
}

/** From the step that asks for a factor to the seven days; what the mail about them says. */
async function ask(tab: Page, person: Person, mailbox: Mailbox): Promise<Mail> {
	const { t, account } = person;
	await signIn(tab, person);
	await expect(tab.getByLabel(t("portal_second_factor"))).toBeVisible();
	await expectAccessible(tab, "sign-in-factor");
	await tab.getByRole("link", { name: t("portal_lost_factor_link") }).click();
	await expect(tab.getByText(t("portal_lost_factor_what"))).toBeVisible();
	await expectAccessible(tab, "lost-factor");
	await tab.getByLabel(t("portal_email")).fill(account.email);
	await tab.getByLabel(t("portal_password"), { exact: true }).fill(account.password);
	await tab.getByRole("button", { name: t("portal_password_mail_button") }).click();
	await expect(tab.getByText(t("portal_lost_how"))).toBeVisible();
	await expectAccessible(tab, "lost-code");
	await tab.getByLabel(t("portal_code")).fill(codeIn(await mailbox.next()));
	await tab.getByRole("button", { name: t("portal_lost_begin") }).click();
	await expect(tab.getByText(t("portal_wait_meanwhile"))).toBeVisible();
	await expectAccessible(tab, "lost-begun");
	const mail = await mailbox.next();
	expect(mail.subject).toBe(t("mail_wait_asked_subject"));
	return mail;
}

test("S34, S35: without a factor it takes seven days, which the extension, the mail and the portal can stop", async ({
	person,
	mailbox,
	network,
	service,
	account,
	texts,
}) => {
	test.setTimeout(180_000);
	const { t } = person;
	await person.createVault();
	await person.connectNew();
	await enrolPhone({ service: network.url, account, mailbox, texts });

	// The extension shows what waits, and stops it.
	const first = await portal(person);
	await ask(first, person, mailbox);
	await first.close();
	await person.page.reload();
	await expect(person.heading("portal_wait_title")).toBeVisible();
	await expectAccessible(person.page, "account-waits");
	await person.button("portal_wait_stop").click();
	await expect(person.heading("portal_wait_title")).toHaveCount(0);
	expect((await mailbox.next()).subject).toBe(t("mail_wait_stopped_subject"));

	// So does the link in the mail, by its button and not by being opened.
	service.advance(WEEK);
	const second = await portal(person);
	const [link] = /http\S+\/stop\/\S+/.exec((await ask(second, person, mailbox)).text) ?? [];
	await second.goto(link ?? "");
	await expectAccessible(second, "stop");
	await second.getByRole("button", { name: t("portal_wait_stop") }).click();
	await expect(second.getByText(t("portal_wait_stopped"))).toBeVisible();
	await expectAccessible(second, "stopped");
	await second.close();
	expect((await mailbox.next()).subject).toBe(t("mail_wait_stopped_subject"));

	// Where nobody does, it happens, and the password signs in.
	service.advance(WEEK);
	const third = await portal(person);
	await ask(third, person, mailbox);
	await nobodySaysNo(person, service, async (subject) => {
		expect((await mailbox.next()).subject).toBe(subject);
	});
	await third.goto(`${network.url}/portal/sign-in`);
	await signIn(third, person);
	await expect(third.getByRole("heading", { level: 1 })).toHaveText(t("portal_account_title"));
	await third.getByRole("link", { name: t("portal_devices_title"), exact: true }).click();
	await expect(third.getByText(t("portal_devices_lost"))).toBeVisible();
});

test("S36: another address takes a dead one's place after seven days, by the password and a device of old", async ({
	person,
	mailbox,
	network,
	service,
	account,
}) => {
	test.setTimeout(150_000);
	const { t } = person;
	await person.createVault();
	await person.connectNew();
	const open = async () => {
		const tab = await portal(person);
		await signIn(tab, person);
		await tab.getByRole("link", { name: t("portal_email_title"), exact: true }).click();
		await tab.getByRole("link", { name: t("portal_lost_address_link") }).click();
		return tab;
	};
	const young = await open();
	await expect(young.getByText(t("portal_lost_no_device"))).toBeVisible();
	await young.context().clearCookies();
	await young.close();

	service.advance(3 * DAY);
	const tab = await open();
	await expect(tab.getByText(t("portal_lost_address_what"))).toBeVisible();
	await expectAccessible(tab, "lost-address");
	await tab.getByLabel(t("portal_email_new")).fill(NEW);
	await tab.getByLabel(t("portal_password"), { exact: true }).fill(account.password);
	await tab.getByRole("button", { name: t("portal_password_mail_button") }).click();
	await expect(tab.getByText(t("portal_lost_how"))).toBeVisible();
	const code = await mailbox.next();
	expect(code.to).toContain(NEW);
	await tab.getByLabel(t("portal_code")).fill(codeIn(code));
	await tab.getByRole("button", { name: t("portal_lost_begin") }).click();
	await expect(tab.getByText(t("portal_wait_meanwhile"))).toBeVisible();
	const told = async (told: string) => {
		const mails = [await mailbox.next(), await mailbox.next()];
		expect(mails.map(({ subject }) => subject)).toEqual([told, told]);
		expect(mails.map(({ to }) => to).sort()).toEqual([account.email, NEW].sort());
	};
	await told(t("mail_wait_asked_subject"));

	await nobodySaysNo(person, service, told);
	await tab.goto(`${network.url}/portal/sign-in`);
	await signIn(tab, person); // the dead one
	await expect(tab.getByRole("heading", { level: 1 })).not.toHaveText(t("portal_account_title"));
	await tab.getByLabel(t("portal_email")).fill(NEW);
	await tab.getByLabel(t("portal_password"), { exact: true }).fill(account.password);
	await tab.getByRole("button", { name: t("portal_sign_in"), exact: true }).click();
	await expect(tab.getByRole("heading", { level: 1 })).toHaveText(t("portal_account_title"));
	await person.page.bringToFront();
	const address = person.page.getByRole("definition").filter({ hasText: NEW });
	await expect(async () => {
		await person.page.reload(); // the page asks the service, and shows it the next time
		await expect(address).toBeVisible({ timeout: 3_000 });
	}).toPass({ timeout: 30_000 });
});
