import { Danger } from "../rig/danger.ts";
import { sealed } from "../rig/evidence.ts";
import { test as base, expect, type Rig } from "../rig/fixtures.ts";
import { Gateway } from "../rig/gateway.ts";
import { logins } from "../rig/logins.ts";
import { codeIn, wrongCode } from "../rig/mail.ts";
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
async function withPhone({ person, mailbox, network, account, texts }: Around): Promise<void> {
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	await enrolPhone({ service: network.url, account, mailbox, texts });
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
