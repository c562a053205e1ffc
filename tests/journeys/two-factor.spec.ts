import { Danger } from "../rig/danger.ts";
import { sealed } from "../rig/evidence.ts";
import { test as base, expect, type Rig } from "../rig/fixtures.ts";
import { Gateway } from "../rig/gateway.ts";
import { logins } from "../rig/logins.ts";
import { codeIn, wrongCode } from "../rig/mail.ts";
import { sentHere } from "../rig/portal.ts";
import { enrolPhone, PHONE } from "../rig/second-factor.ts";

const HOUR = 3600;

interface Texts {
	texts: Gateway;
}

const test = base.extend<Texts>({
	texts: async ({ language: _ }, use) => {
		const gateway = await Gateway.open();
		await use(gateway);
		await gateway.close();
	},
	settings: async ({ texts }, use) => use({ SIGILL_SMS_URL: texts.url }),
});

type Around = Pick<Rig, "person" | "mailbox" | "network" | "account"> & Texts;

/** A connected vault of two entries; the account has two-factor turned on. */
async function withPhone(
	{ person, mailbox, network, account, texts }: Around,
	profile: "standard" | "strict" = "standard",
): Promise<string[]> {
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	return enrolPhone({ service: network.url, account, mailbox, texts, profile });
}

/** Turns sync off, which takes the password, the mailed code and the text's. */
async function turnSyncOff({ person, mailbox, account, texts }: Omit<Around, "network">): Promise<void> {
	const danger = await Danger.turningSync(person, "turn_sync_off");
	await danger.askPassword();
	expect([mailbox.unread, texts.unread]).toEqual([0, 0]);
	await danger.typePassword(account.password, "code");
	const text = await texts.next();
	expect(text.to).toBe(PHONE);
	await danger.texted.fill(codeIn(text));
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await danger.page.close();
	await mailbox.next(); // the notice that it is done
}

test("S13, S14: with sync off and two-factor on, the text leaves after the right password, both are needed, and a new device needs one too", async ({
	person,
	device,
	mailbox,
	network,
	service,
	account,
	texts,
}) => {
	test.setTimeout(150_000);
	await withPhone({ person, mailbox, network, account, texts });
	await turnSyncOff({ person, mailbox, account, texts });
	service.advance(HOUR); // two acts an hour are all that a device has

	const danger = await Danger.from(person, "clear_this_device");
	await danger.askPassword();
	const before = await sealed(person);
	await danger.typePassword("inte kontolösenordet", "code");
	await expect(danger.says("password_wrong_other", { n: 4 })).toBeVisible();
	await expect(danger.texted).toHaveCount(0);
	expect(texts.unread).toBe(0);

	await danger.typePassword(account.password, "code");
	await expect(danger.heading("text_title")).toBeVisible();
	const text = await texts.next();
	expect(text.text).toContain((await danger.words("text_words")).join(" "));
	await danger.typeText(wrongCode(text));
	await expect(danger.says("code_wrong_other", { n: 2 })).toBeVisible();
	await expect(danger.password).toHaveCount(0);

	service.advance(10 * 60 + 5);
	await danger.typeText(codeIn(text));
	await expect(danger.says("error_code_expired")).toBeVisible();
	await expect(danger.password).toHaveCount(0);
	expect(await sealed(person)).toEqual(before);
	await danger.button("text_resend").click();
	await danger.typeText(codeIn(await texts.next()));
	await danger.isDone();
	expect(await sealed(person)).toEqual([]);
	expect(texts.unread).toBe(0);

	const other = await device("B");
	await other.signIn();
	await expect(other.heading("text_title")).toBeVisible();
	const knock = await texts.next();
	const opens = other.browser.context.waitForEvent("page");
	await other.button("portal_lost_factor_link").click(); // no factor at hand: the portal knows the way
	const lost = await opens;
	await expect(lost.getByRole("heading", { level: 1 })).toHaveText(other.t("portal_lost_factor_title"));
	await lost.close();
	await other.field("connect_factor").fill(wrongCode(knock));
	await other.button("connect_submit_in").click();
	await expect(other.page.getByRole("alert").first()).toBeVisible();
	await other.field("connect_factor").fill(codeIn(knock));
	await other.button("connect_submit_in").click();
	await other.button("found_cloud_do").click();
	await other.unlock();
	await other.has(2);
});

test("S34, F19: where no text can be sent the step says so, leads to the portal, and takes a backup code", async ({
	person,
	mailbox,
	network,
	service,
	account,
	texts,
}) => {
	test.setTimeout(150_000);
	const [backup = ""] = await withPhone({ person, mailbox, network, account, texts });
	await turnSyncOff({ person, mailbox, account, texts });
	service.advance(HOUR); // two acts an hour are all that a device has

	texts.broken = true;
	const danger = await Danger.from(person, "clear_this_device");
	await danger.askPassword();
	const before = await sealed(person);
	await danger.typePassword(account.password, "code");
	await expect(danger.says("text_bounced")).toBeVisible({ timeout: 60_000 });
	await expect(danger.says("factor_another_way", { ways: person.t("factor_backup_code") })).toBeVisible();
	const opens = person.browser.context.waitForEvent("page");
	await person.button("portal_lost_factor_link", {}, danger.page).click();
	const portal = await opens;
	await sentHere(portal, person);
	await expect(portal.getByText(person.t("portal_lost_factor_what"))).toBeVisible();
	await portal.close();

	// The gateway is back: a text comes, and the backup code is as good as it.
	texts.broken = false;
	service.advance(61);
	await danger.button("text_resend").click();
	await texts.next();
	expect(await sealed(person)).toEqual(before);
	await danger.typeText(backup);
	await danger.isDone();
	expect(await sealed(person)).toEqual([]);
});

test("in the strict profile a clear with sync on takes the mailed code and the text's, and neither alone", async ({
	person,
	mailbox,
	network,
	account,
	texts,
}) => {
	test.setTimeout(120_000);
	await withPhone({ person, mailbox, network, account, texts }, "strict");
	await person.page.reload(); // the settings ask what became of the account
	await expect(person.says("settings_code_strict_text")).toBeVisible();
	const danger = await Danger.from(person, "clear_this_device");
	await danger.sendCode();
	const [mail, text] = [await mailbox.next(), await texts.next()];
	const before = await sealed(person);
	await danger.type(codeIn(mail));
	await expect(danger.says("text_missing")).toBeVisible();
	await danger.texted.fill(wrongCode(text));
	await danger.type(codeIn(mail));
	await expect(danger.says("codes_wrong_other", { n: 4 })).toBeVisible();
	expect(await sealed(person)).toEqual(before);
	await danger.texted.fill(codeIn(text));
	await danger.confirm(mail);
	await danger.isDone();
});
