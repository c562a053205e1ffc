import { Danger } from "../rig/danger.ts";
import { keep } from "../rig/downloads.ts";
import { digest, entries, sealed } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn, wrongCode } from "../rig/mail.ts";

const NEW = "fyra nya ord utan samband 9";

test("S2: a forgotten master password: the whole way first, the code last, the old vault sealed", async ({
	person,
	mailbox,
}) => {
	await person.createVault();
	await person.import(logins(3));
	await person.connectNew();
	await person.lock();
	const before = await sealed(person);

	const way = await Danger.forgot(person);
	await expect(way.says("way_code")).toBeVisible(); // last, after all that forgot() saw in its order
	await way.page.close();
	const danger = await Danger.forgotten(person);
	await expect(danger.says("loss_gone_other", { n: 3, where: person.t("where_everywhere") })).toBeVisible();
	// S28: the file is kept before anything is asked for.
	await expect(danger.page.getByRole("checkbox", { name: person.t("backup_keep") })).toBeChecked();
	const saved = danger.page.waitForEvent("download");
	await danger.choose(NEW);
	const file = test.info().outputPath("kept.sigill");
	await keep(danger.page, saved, file);
	expect(mailbox.unread).toBe(0);
	await danger.sendCode();
	const mail = await mailbox.next();
	expect(mail.text).toContain((await danger.words()).join(" "));
	await danger.type(wrongCode(mail));
	await expect(danger.says("code_wrong_other", { n: 4 })).toBeVisible();
	expect(await sealed(person)).toEqual(before);

	await danger.type(codeIn(mail));
	await danger.isDone();
	const [kept] = await person.ask<{ count: number; by: string }[]>("displaced");
	expect(kept).toMatchObject({ count: 3, by: "reset" });
	await person.unlock();
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock(NEW);
	await person.isOpen();
	expect(await entries(person)).toEqual([]);
	await person.add("The first", "anna", "pass phrase");
	await person.sync();

	// The file opens with the old master password.
	await person.open("import");
	await person.page.getByLabel(person.t("import_file")).setInputFiles(file);
	await person.secret("import_backup_password").fill(person.master);
	await person.button("import_backup_open").click();
	await expect(person.heading("import_preview")).toBeVisible();
	await person.take(3);
});

test("S2: signed out, the way begins with signing in, and goes on where it was", async ({
	person,
	mailbox,
}) => {
	await person.createVault();
	await person.import(logins(1));
	await person.connectNew();
	await person.open("account");
	await person.button("account_sign_out").click();
	await expect(
		person.heading("account_none_title").or(person.says("account_signed_out")).first(),
	).toBeVisible();
	await person.page.goto(person.browser.address("app"));
	await expect(person.secret("unlock_password")).toBeVisible(); // signing out locks

	const danger = await Danger.forgot(person);
	const { page } = danger;
	await expect(danger.button("way_go")).toBeDisabled();
	await person.signIn();
	await expect(person.says("way_signed_in", { email: person.account.email }, page)).toBeVisible();
	await danger.button("way_go").click();
	await danger.choose(NEW);
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
});

test("S29: without an account the vault's name starts over, and the old master password brings it back", async ({
	person,
}) => {
	await person.createVault("Familjens valv");
	await person.import(logins(2));
	const before = digest(await entries(person));
	await person.lock();
	const danger = await Danger.forgotten(person);
	await danger.choose(NEW);
	await person.field("phrase_label", danger.page).fill("familjens valv");
	await danger.button("act_reset_master_password").click();
	await danger.isDone();
	await expect.poll(() => entries(person)).toEqual([]);

	const restore = await danger.undo("restore_device");
	await person.secret("unlock_password", restore.page).fill(person.master);
	await restore.button("act_restore_device").click();
	await restore.isDone();
	await person.page.goto(person.browser.address("app"));
	await person.unlock();
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
});
