import { Danger } from "../rig/danger.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { pattern } from "../rig/texts.ts";

const NEW = "fyra nya ord utan samband 9";

test("a changed master password, undone: what was before comes back by its old master password under new keys, and another device asks by hand", async ({
	person,
	device,
	mailbox,
	account,
}) => {
	test.setTimeout(300_000);
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const before = digest(await entries(person));
	const other = await device("B");
	await other.takeUp();
	await person.changeMaster(person.master, NEW);
	await expect(person.says("change_done")).toBeVisible({ timeout: 60_000 });
	await mailbox.next(); // the notice that the vault got new keys
	await person.add("After the change", "anna", "pass phrase");
	await person.sync();
	await other.meetsAnother();
	await other.follow(NEW);
	await other.has(3);

	await person.open("settings");
	const opens = person.browser.context.waitForEvent("page");
	await person.button("restore_link").click();
	const danger = new Danger(person, await opens, "restore_cloud");
	await expect(danger.heading("restore_title")).toBeVisible();
	const choose = pattern(person.t("restore_choose"));
	await danger.page.getByRole("button", { name: choose }).first().click();
	await danger.askPassword();
	expect(mailbox.unread).toBe(0);
	await danger.typePassword(account.password, "code");
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await danger.page.close();
	await mailbox.next(); // the notice that it is done

	await person.page.goto(person.browser.address("app"));
	await person.unlock(NEW);
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock();
	await person.isOpen();
	await mailbox.next(); // new keys again
	await person.has(2);
	expect(digest(await entries(person))).toBe(before);
	await person.add("Goes on", "anna", "pass phrase");
	await person.sync();

	const held = digest(await entries(other));
	await other.meetsAnother();
	await expect(other.says("differs_text")).toBeVisible();
	expect(digest(await entries(other))).toBe(held);
	await other.decide("found_different_cloud", other.master);
	await other.has(3);
	await other.sync();
	expect(digest(await entries(other))).toBe(digest(await entries(person)));
});
