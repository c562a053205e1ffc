import { Danger } from "../rig/danger.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

const NEW = "fyra nya ord utan samband 9";

/** The code opens the vault, and the page that chooses a new master password comes by itself. */
async function openByCode(person: Person, code: string): Promise<Danger> {
	await person.button("recovery_use").click();
	const slip = code.startsWith("A") ? `B${code.slice(1)}` : `A${code.slice(1)}`;
	await person.field("recovery_code").fill(slip);
	await person.button("unlock_submit").click();
	await expect(person.says("error_mistyped_recovery_code")).toBeVisible();
	await person.field("recovery_code").fill(code.toLowerCase().replaceAll("-", " "));
	const opens = person.browser.context.waitForEvent("page");
	await person.button("unlock_submit").click();
	const danger = new Danger(person, await opens, "renew_master_password");
	await expect(danger.heading("act_renew_master_password")).toBeVisible();
	return danger;
}

test("a recovery code opens a vault whose master password is forgotten; with a mailed code a new one takes its place, and the entries stay", async ({
	person,
	device,
	mailbox,
}) => {
	test.setTimeout(240_000);
	const code = await person.createWithCode({
		see: () => expect(person.says("sheet_relatives")).toBeVisible(),
	});
	await person.import(logins(3));
	await person.connectNew();
	const before = digest(await entries(person));
	const other = await device("B");
	await other.takeUp();
	await person.lock();

	const danger = await openByCode(person, code);
	await expect(danger.says("renew_stays")).toBeVisible();
	expect(digest(await entries(person))).toBe(before);
	await danger.choose(NEW);
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();

	await person.page.goto(person.browser.address("app"));
	await person.unlock();
	await expect(person.button("recovery_use")).toHaveCount(0); // the old sheet is void
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock(NEW);
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
	await person.sync();

	await other.meetsAnother();
	await other.follow(NEW);
	await other.has(3);
	expect(digest(await entries(other))).toBe(before);
});

test("without an account the typed name is enough, and a code made later in the settings opens the vault too", async ({
	person,
}) => {
	test.setTimeout(180_000);
	await person.createVault("Familjens valv");
	await person.import(logins(2));
	const before = digest(await entries(person));
	await person.open("settings");
	await person.button("recovery_make").click();
	await person.secret("unlock_password").fill(person.master);
	await person.button("recovery_make").click();
	const code = await person.takeSheet();
	expect(digest(await entries(person))).toBe(before);
	await person.lock();

	const danger = await openByCode(person, code);
	await danger.choose(NEW);
	await person.field("phrase_label", danger.page).fill("familjens valv");
	await danger.button("act_renew_master_password").click();
	await danger.isDone();
	await person.page.reload();
	await person.lock();
	await person.unlock(NEW);
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
});
