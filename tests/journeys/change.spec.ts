import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn } from "../rig/mail.ts";

const NEW = "fyra nya ord utan samband 9";

test("whoever knows the master password changes it: entries stay, no code, a mail says so, other devices ask for the new one", async ({
	person,
	device,
	mailbox,
}) => {
	test.setTimeout(240_000);
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const before = digest(await entries(person));
	const other = await device("B");
	await other.takeUp();

	await person.changeMaster("not that one", NEW);
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.secret("change_old").fill(person.master);
	await person.button("change_submit").click();
	await expect(person.says("change_done")).toBeVisible({ timeout: 60_000 });
	expect(digest(await entries(person))).toBe(before);
	const notice = await mailbox.next();
	expect(() => codeIn(notice)).toThrow("no code");
	expect(mailbox.unread).toBe(0);
	await person.lock();
	await person.unlock();
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock(NEW);
	await person.isOpen();
	await person.sync();

	await other.meetsAnother();
	await other.follow(NEW);
	await other.has(2);
	await other.sync();
	expect(digest(await entries(other))).toBe(before);
});
