import { expectAccessible } from "../rig/axe.ts";
import { Danger } from "../rig/danger.ts";
import { keep } from "../rig/downloads.ts";
import { digest, entries, sealed } from "../rig/evidence.ts";
import { expect, type Rig, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn, wrongCode } from "../rig/mail.ts";

const HOUR = 3600;

/** A connected vault with entries, in step with the cloud. */
async function connected({ person }: Pick<Rig, "person">, rows = 3): Promise<void> {
	await person.createVault();
	await person.import(logins(rows));
	await person.connectNew();
}

test("S1: starting a dangerous act mails a code, and destroys nothing yet", async ({
	person,
	mailbox,
	account,
}) => {
	await connected({ person });
	const before = await sealed(person);
	const danger = await Danger.from(person, "clear_everywhere");
	expect(mailbox.unread).toBe(0);
	await danger.sendCode();
	const mail = await mailbox.next();
	expect(mail.to).toContain(account.email);
	expect(mail.subject).not.toContain(codeIn(mail).slice(0, 4));
	const words = await danger.words();
	expect(words).toHaveLength(4);
	expect(mail.text).toContain(words.join(" "));
	expect(await sealed(person)).toEqual(before);
	expect((await entries(person)).length).toBe(3);
});

test("S3: replacing the cloud makes it equal to this device; another device takes it", async ({
	person,
	device,
	network,
	mailbox,
}) => {
	await connected({ person });
	const other = await device("B");
	await other.takeUp();
	await other.has(3);

	network.strike(/^A POST \/v1\/vault\/push/, "lose_request", 1000);
	await person.add("Only here", "anna", "pass phrase");
	const mine = digest(await entries(person));
	const danger = await Danger.from(person, "replace_cloud");
	await expect(danger.page.getByText("Only here", { exact: true })).toBeVisible();
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	network.heal();

	await other.sync();
	expect(digest(await entries(other))).toBe(mine);
	await person.sync();
	expect(digest(await entries(person))).toBe(mine);
});

test("S4: everyday work never asks for a code", async ({ person, mailbox, network }) => {
	await connected({ person });
	await person.add("Bank", "anna", "first password");
	await person.button("item_edit").click();
	await person.secret("item_password").fill("second password");
	await person.button("save").click();
	await expect(person.button("item_edit")).toBeVisible();
	await person.button("item_trash").click();
	await person.has(3);
	await person.sync();
	await person.lock();
	await person.unlock();
	await person.isOpen();
	await person.import(logins(5).slice(3));
	await person.sync();
	expect(mailbox.unread).toBe(0);
	expect(network.count(/POST \/v1\/operations/)).toBe(0);
});

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`S5: clearing runs exactly once, and its code is dead afterwards (${language})`, async ({
			person,
			mailbox,
			network,
			service,
		}) => {
			await connected({ person });
			const danger = await Danger.from(person, "clear_everywhere");
			await danger.sendCode();
			const mail = await mailbox.next();
			await danger.confirm(mail);
			await danger.isDone();
			expect(network.count(/POST \/v1\/operations\/\w+\/confirm/)).toBe(1);
			expect(await sealed(person)).toEqual([]);
			const displaced = await person.ask<{ count: number; by: string }[]>("displaced");
			expect(displaced.map(({ count, by }) => [count, by])).toEqual([[3, "clear_everywhere"]]);

			service.advance(HOUR);
			const restore = await danger.undo("restore_cloud");
			await restore.sendCode();
			await mailbox.next(); // the notice of the clear
			await restore.type(codeIn(mail));
			await expect(restore.says("code_wrong_other", { n: 4 })).toBeVisible();
		});
	});
}

test("S5, S28: clearing this device leaves the cloud as it is, and a backup file was kept before the code", async ({
	person,
	mailbox,
}) => {
	await connected({ person });
	const before = digest(await entries(person));
	const danger = await Danger.from(person, "clear_this_device");
	const saved = danger.page.waitForEvent("download");
	await danger.sendCode();
	const file = test.info().outputPath("kept.sigill");
	await keep(danger.page, saved, file);
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await person.page.goto(person.browser.address("app"));
	await person.button("welcome_download_again").click();
	await person.unlock();
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
	await person.open("import");
	await person.page.getByLabel(person.t("import_file")).setInputFiles(file);
	await person.secret("import_backup_password").fill(person.master);
	await person.button("import_backup_open").click();
	await expect(person.heading("import_preview")).toBeVisible();
});

test("S6: a wrong and an expired code are refused with the reason, and nothing changes", async ({
	person,
	mailbox,
	service,
}) => {
	await connected({ person });
	const before = await sealed(person);
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const mail = await mailbox.next();
	await danger.type(wrongCode(mail));
	await expect(danger.says("code_wrong_other", { n: 4 })).toBeVisible();
	expect(await sealed(person)).toEqual(before);

	service.advance(10 * 60 + 5);
	await danger.type(codeIn(mail));
	await expect(danger.says("error_code_expired").or(danger.says("code_old")).first()).toBeVisible();
	expect(await sealed(person)).toEqual(before);
	expect((await entries(person)).length).toBe(3);

	// A mail that came too late is no dead end: another code, and after half an hour another operation.
	await danger.button("code_resend").click();
	const second = await mailbox.next();
	service.advance(30 * 60 + 5);
	await danger.type(codeIn(second));
	await expect(danger.heading("over_expired_title")).toBeVisible();
	expect(await sealed(person)).toEqual(before);
	await danger.button("over_again").click();
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
});

test("S6: after five wrong codes the right one is refused too", async ({ person, mailbox }) => {
	await connected({ person });
	const before = await sealed(person);
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const mail = await mailbox.next();
	for (const left of [4, 3, 2, 1]) {
		await danger.type(wrongCode(mail, left));
		await expect(danger.says(left === 1 ? "code_wrong_one" : "code_wrong_other", { n: left })).toBeVisible();
	}
	await danger.type(wrongCode(mail, 5));
	await expect(danger.heading("over_burnt_title")).toBeVisible();
	expect(await sealed(person)).toEqual(before);
});

test("S7: cancelling at the code step changes nothing and voids the operation", async ({
	person,
	mailbox,
	network,
}) => {
	await connected({ person });
	const before = await sealed(person);
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	await mailbox.next();
	await danger.button("keep_everything").click();
	await expect(danger.heading("over_cancelled_title")).toBeVisible();
	expect(network.count(/POST \/v1\/operations\/\w+\/cancel/)).toBe(1);
	expect(await sealed(person)).toEqual(before);
	await danger.button("keep_everything").click();
	await expect(danger.heading("kept_title")).toBeVisible();
	expect(await person.ask<{ unfinished?: unknown }>("status")).not.toHaveProperty("unfinished.phase");
});

test("S8: a new code kills the old one, once a minute, and refills no tries", async ({
	person,
	mailbox,
	service,
}) => {
	await connected({ person });
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const first = await mailbox.next();
	await expect(danger.says("code_no_mail")).toBeVisible();
	await expect(danger.button("code_resend")).toBeDisabled();
	await danger.type(wrongCode(first));
	await expect(danger.says("code_wrong_other", { n: 4 })).toBeVisible();

	service.advance(61);
	await danger.button("code_resend").click();
	const second = await mailbox.next();
	await expect(danger.says("code_number", { n: 2 }).first()).toBeVisible();
	await expect(danger.says("code_tries_other", { n: 4 })).toBeVisible();
	await danger.type(codeIn(first));
	await expect(danger.says("code_wrong_other", { n: 3 })).toBeVisible();
	await danger.confirm(second);
	await danger.isDone();
});

test("S33: when another device synced meanwhile nothing is lost, and a new code is one click away", async ({
	person,
	device,
	mailbox,
}) => {
	await connected({ person });
	const other = await device("B");
	await other.takeUp();
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const old = await mailbox.next();

	await other.add("From the other device", "anna", "pass phrase");
	await other.sync();
	await danger.confirm(old);
	await expect(danger.heading("over_stale_title")).toBeVisible();
	await expect(danger.says("loss_gone_other", { n: 4, where: person.t("where_everywhere") })).toBeVisible();
	const devices = danger.page.getByRole("link", { name: person.t("over_stale_devices") });
	await expect(devices).toBeVisible();
	expect((await entries(other)).length).toBe(4);

	await danger.button("over_stale_send").click();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
});

test("S33, S35: from what became stale the other device is signed out, and a new master password is suggested", async ({
	person,
	device,
	mailbox,
}) => {
	test.setTimeout(120_000);
	await connected({ person });
	const other = await device("B");
	await other.takeUp();
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const old = await mailbox.next();
	await other.add("From the other device", "anna", "pass phrase");
	await other.sync();
	await danger.confirm(old);
	await danger.page.getByRole("link", { name: person.t("over_stale_devices") }).click();
	const { page } = danger;
	const name = person.t("connect_device_value");
	await page.getByText(person.t("help_sync_lost"), { exact: true }).click();
	await expect(person.says("portal_devices_lost", {}, page)).toBeVisible();
	await person.button("account_device_sign_out", { name }, page).click();
	await expect(page.getByText(person.t("account_device_then", { name }))).toBeVisible();
	await person.button("settings_master_change", {}, page).click();
	await expect(person.heading("change_title", {}, page)).toBeVisible();

	await other.open("settings");
	await other.button("sync_now").click();
	await expect(other.button("sync_sign_in").first()).toBeVisible();
	expect((await entries(other)).length).toBe(4); // it stays there, sealed
});

test("S39: the link of a code mail that nobody asked for changes nothing; its button cancels, signs out and says what next", async ({
	person,
	mailbox,
}) => {
	await connected({ person });
	const before = await sealed(person);
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const mail = await mailbox.next();
	const [link = ""] = /http\S+\/not-me\/\S+/.exec(mail.text) ?? [];
	const tab = await person.browser.context.newPage();
	await tab.goto(link);
	await expect(tab.getByText(person.t("notme_pending"))).toBeVisible();
	await expectAccessible(tab, "not-me");
	await danger.page.bringToFront();
	await expect(danger.code).toBeVisible(); // still good
	await tab.bringToFront();
	await tab.getByRole("button", { name: person.t("notme_button") }).click();
	await expect(tab.getByText(person.t("notme_done_cancelled"))).toBeVisible();
	await expect(tab.getByText(person.t("notme_next"))).toBeVisible();
	await danger.page.bringToFront();
	await danger.type(codeIn(mail)); // before the device hears that it was signed out, and asks for that first
	await expect(danger.heading("done_title")).toHaveCount(0);
	await tab.bringToFront();
	await expectAccessible(tab, "not-me-done");
	await person.page.bringToFront();
	await person.open("account");
	await expect(person.button("sync_sign_in").first()).toBeVisible();
	expect(await sealed(person)).toEqual(before);
});
