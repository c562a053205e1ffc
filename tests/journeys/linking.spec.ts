import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { find } from "../../tools/machine.mjs";
import { expectAccessible } from "../rig/axe.ts";
import { Danger } from "../rig/danger.ts";
import { sealed } from "../rig/evidence.ts";
import { test as base, expect, type Rig } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn } from "../rig/mail.ts";
import type { Person } from "../rig/person.ts";
import { nobodySaysNo, sentHere } from "../rig/portal.ts";
import { Provider } from "../rig/provider.ts";
import type { Service } from "../rig/service.ts";

const EXAMPLE = { provider: "Example" };
const CHOSEN = "ett valt kontolösenord";
const DAY = 24 * 3600;

interface ByProvider {
	provider: Provider;
}

const test = base.extend<ByProvider>({
	provider: async ({ network }, use) => {
		const provider = await Provider.start(`${network.url}/portal/back/example`);
		await use(provider);
		provider.stop();
	},
	settings: async ({ provider }, use) => use({ SIGILL_OIDC_PROVIDERS: provider.settings("example") }),
});

/** Opens a tab by a button of the extension. */
async function tabOf(person: Person, press: () => Promise<void>): Promise<Page> {
	const opens = person.browser.context.waitForEvent("page");
	await press();
	return opens;
}

/** Signs in by the provider, and puts the vault that is here into the account's cloud. */
async function connectByProvider(person: Person, provider: Provider): Promise<void> {
	await person.page.goto(person.browser.address("app", "#connect"));
	const tab = await tabOf(person, () => person.button("provider_in", EXAMPLE).click());
	const words = person.page.getByRole("list", { name: person.t("provider_words") });
	const shown = (await words.getByRole("listitem").allInnerTexts()).join(" ");
	await expect(tab.getByText(shown)).toBeVisible();
	await tab.getByRole("button", { name: person.t("portal_sign_in_with", EXAMPLE) }).click();
	await provider.signIn(tab, "asa");
	const device = person.t("connect_device_value");
	await expect(tab.getByText(person.t("portal_device_done", { device }))).toBeVisible();
	await tab.close();
	await person.page.bringToFront();
	await person.bring();
	await expect(person.heading("nav_vault")).toBeVisible(); // it ends there, and would take us back there
	await person.isInStep();
}

/** In the portal: the same identity, region and terms, a fresh sign-in, a mailed code, a password. */
async function choosePassword(
	tab: Page,
	{ person, provider, mailbox }: Pick<Rig, "person" | "mailbox"> & ByProvider,
): Promise<void> {
	const { t } = person;
	const press = (key: string, params = {}) => tab.getByRole("button", { name: t(key, params) }).click();
	await sentHere(tab, person);
	await press("portal_sign_in_with", EXAMPLE);
	// The provider knows the browser, and may send it straight back.
	await tab.waitForURL(/\/portal\/terms|interaction/);
	if (tab.url().includes("interaction")) await provider.signIn(tab, "asa");
	await tab.getByLabel(t("portal_region")).selectOption("eu");
	await tab.getByLabel(t("portal_terms_accept")).check();
	await press("portal_terms_button");
	await press("portal_sign_in_again", EXAMPLE);
	await provider.signIn(tab, "asa");
	await expect(tab.getByLabel(t("portal_email"))).toHaveValue("asa@example.com");
	await press("portal_password_mail_button");
	await tab.getByLabel(t("portal_code")).fill(codeIn(await mailbox.next()));
	await press("portal_code_button");
	await expect(tab.locator("[value='asa@example.com']")).toBeVisible(); // whose password it will be
	for (const key of ["portal_new_password", "portal_new_password_again"])
		await tab.getByLabel(t(key)).fill(CHOSEN);
	await press("portal_save");
	const device = t("connect_device_value");
	await expect(tab.getByText(t("portal_password_go_back", { device }))).toBeVisible();
}

test("S16, S19–S24: an account without a password is told why, chooses one in the portal, and the clearing that waits goes on", async ({
	person,
	network,
	mailbox,
	provider,
}) => {
	test.setTimeout(150_000);
	await person.createVault();
	await person.import(logins(2));
	await connectByProvider(person, provider);
	const before = await sealed(person);

	await person.open("settings");
	const page = await tabOf(person, () => person.button("link_clear_this_device").click());
	const danger = new Danger(person, page, "clear_this_device");
	await expect(danger.heading("not_linked_title")).toBeVisible();
	await expect(danger.says("not_linked_text", EXAMPLE)).toBeVisible();
	await expect(page.locator("input")).toHaveCount(0); // nothing can be typed, so nothing is sent
	await expect(danger.button("send_code")).toHaveCount(0);

	const portal = await tabOf(person, () => danger.button("not_linked_choose").click());
	await choosePassword(portal, { person, mailbox, provider });
	expect(network.count(/POST \/v1\/operations/)).toBe(0);
	expect(await sealed(person)).toEqual(before);
	const notices = [await mailbox.next(), await mailbox.next()].map(({ subject }) => subject);
	expect(notices.sort()).toEqual(
		["mail_held_linked_subject", "mail_linked_subject"].map((key) => person.t(key)).sort(),
	);
	await portal.close();

	await page.bringToFront();
	await expect(danger.heading("not_linked_done_title")).toBeVisible();
	await danger.sendCode();
	const mail = await mailbox.next();
	expect(mail.to).toContain("asa@example.com");
	await danger.confirm(mail);
	await danger.isDone();
	expect(await sealed(person)).toEqual([]);

	// Signing in by the provider works as before, and the portal knows the account.
	await page.close();
	await person.page.goto(person.browser.address("app", "#settings"));
	await person.page.reload();
	const account = await tabOf(person, () => person.button("manage_account").click());
	await sentHere(account, person);
	await expect(account.getByRole("heading", { level: 1 })).toHaveText(person.t("portal_account_title"));
	await expect(account.getByText(person.t("portal_password_set"))).toBeVisible();
	await expect(account.getByRole("link", { name: person.t("portal_password_title") })).toHaveCount(0);
});

/** No act leads here, since each that turns sync off takes a password; the table has the row, and so may a database. */
async function turnSyncOff(service: Service): Promise<void> {
	await service.kill();
	const set = "update devices set sync = 'off'";
	execFileSync(find("sqlite3") ?? "sqlite3", [join(service.folder, "sigill.db"), set]);
	await service.run();
}

test("S24: with sync off the page that waits goes on to the new account password, and the clearing completes", async ({
	person,
	service,
	network,
	mailbox,
	provider,
}) => {
	test.skip(
		!find("sqlite3") && process.env["CI"] !== "true",
		"apt-get install --no-install-recommends sqlite3",
	);
	test.setTimeout(150_000);
	await person.createVault();
	await person.import(logins(2));
	await connectByProvider(person, provider);
	await turnSyncOff(service);
	const before = await sealed(person);

	await person.open("settings");
	const page = await tabOf(person, () => person.button("link_clear_this_device").click());
	const danger = new Danger(person, page, "clear_this_device");
	await expect(danger.heading("not_linked_title")).toBeVisible();
	await expect(danger.says("not_linked_text", EXAMPLE)).toBeVisible();
	await expect(page.locator("input")).toHaveCount(0);

	const portal = await tabOf(person, () => danger.button("not_linked_choose").click());
	await choosePassword(portal, { person, mailbox, provider });
	expect(network.count(/POST \/v1\/operations/)).toBe(0);
	expect(await sealed(person)).toEqual(before);
	for (const _ of [1, 2]) await mailbox.next(); // it has a password, and a hold has begun
	await portal.close();

	await page.bringToFront();
	await expect(danger.heading("not_linked_done_title")).toBeVisible();
	await danger.askPassword();
	await danger.typePassword("inte kontolösenordet");
	await expect(danger.says("password_wrong_other", { n: 4 })).toBeVisible();
	expect(await sealed(person)).toEqual(before);
	await danger.typePassword(CHOSEN);
	await danger.isDone();
	expect(await sealed(person)).toEqual([]);
	expect(mailbox.mails.filter(({ subject }) => subject === person.t("mail_code_subject"))).toEqual([]);
});

test("S37: without the provider an account password is good after seven days, and a device of old begins it", async ({
	person,
	service,
	network,
	mailbox,
	provider,
}) => {
	test.setTimeout(150_000);
	const { t } = person;
	await person.createVault();
	await person.import(logins(1));
	await connectByProvider(person, provider);
	provider.stop();
	const open = async () => {
		await person.page.bringToFront();
		await person.page.goto(person.browser.address("app", "#account"));
		const tab = await tabOf(person, () => person.button("manage_account").click());
		await sentHere(tab, person);
		await tab.getByRole("link", { name: t("portal_lost_provider_link") }).click();
		return tab;
	};
	const young = await open();
	await expect(young.getByText(t("portal_lost_no_device"))).toBeVisible();
	await young.close();

	service.advance(3 * DAY);
	const tab = await open();
	await expect(tab.getByText(t("portal_lost_provider_what"))).toBeVisible();
	await expectAccessible(tab, "lost-provider");
	await tab.getByRole("button", { name: t("portal_password_mail_button") }).click();
	const code = await mailbox.next();
	expect(code.to).toContain("asa@example.com");
	await tab.getByLabel(t("portal_code")).fill(codeIn(code));
	await tab.getByRole("button", { name: t("portal_lost_begin") }).click();
	await expect(tab.getByText(t("portal_lost_choose"))).toBeVisible();
	for (const key of ["portal_new_password", "portal_new_password_again"])
		await tab.getByLabel(t(key)).fill(CHOSEN);
	await tab.getByLabel(t("portal_region")).selectOption("eu");
	await tab.getByLabel(t("portal_terms_accept")).check();
	await expectAccessible(tab, "lost-provider-choose");
	await tab.getByRole("button", { name: t("portal_lost_begin") }).click();
	await expect(tab.getByText(t("portal_wait_meanwhile"))).toBeVisible();
	expect((await mailbox.next()).subject).toBe(t("mail_wait_asked_subject"));

	await nobodySaysNo(person, service, async (subject) => {
		expect((await mailbox.next()).subject).toBe(subject);
	});
	await tab.goto(`${network.url}/portal/sign-in`);
	await tab.getByLabel(t("portal_email")).fill("asa@example.com");
	await tab.getByLabel(t("portal_password"), { exact: true }).fill(CHOSEN);
	await tab.getByRole("button", { name: t("portal_sign_in"), exact: true }).click();
	await expect(tab.getByRole("heading", { level: 1 })).toHaveText(t("portal_account_title"));
	await expect(tab.getByText(t("portal_password_set"))).toBeVisible();
	await person.page.bringToFront();
	await person.has(1);
});
