import { Danger } from "../rig/danger.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";

test("S31: for 72 hours, as the only device, the master password alone takes connecting back", async ({
	person,
	mailbox,
	service,
}) => {
	await person.createVault();
	await person.import(logins(3));
	const before = digest(await entries(person));
	await person.connectNew();
	await person.open("account");
	await expect(person.heading("untie_title")).toBeVisible();

	await person.secret("unlock_password").fill("not the master password");
	await person.button("silent_leave").click();
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.secret("unlock_password").fill(person.master);
	await person.button("silent_leave").click();
	await expect(person.says("silent_left")).toBeVisible();
	expect((await mailbox.next()).subject).toBe(person.t("mail_connecting_undone_subject"));
	await person.open("settings");
	await expect(person.says("settings_code_none_text")).toBeVisible();
	await expect(person.button("link_disconnect")).toHaveCount(0);
	await person.open("vault");
	expect(digest(await entries(person))).toBe(before);

	// Connected again it can be taken back again, but not three days later.
	await person.signIn();
	await person.open("account");
	await expect(person.button("account_sign_out")).toBeVisible();
	service.advance(73 * 3600);
	await person.open("settings");
	await person.open("account");
	await expect(person.button("account_sign_out")).toBeVisible();
	await expect(person.heading("untie_title")).toHaveCount(0);
});

test("disconnecting takes the account password and a mailed code, and erases nothing", async ({
	person,
	mailbox,
	account,
}) => {
	await person.createVault();
	await person.import(logins(3));
	const before = digest(await entries(person));
	await person.connectNew();
	const danger = await Danger.from(person, "disconnect");
	await expect(danger.says("change_disconnect")).toBeVisible();
	await danger.askPassword();
	expect(mailbox.unread).toBe(0);
	await danger.typePassword(account.password, "code");
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await danger.page.close();
	await person.page.reload();
	await person.open("settings");
	await expect(person.says("settings_code_none_text")).toBeVisible();
	await person.open("vault");
	expect(digest(await entries(person))).toBe(before);
});
