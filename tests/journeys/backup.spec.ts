import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { Danger } from "../rig/danger.ts";
import { digest, entries, savedFile, sealed } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";

test("S28, S29: a backup file is kept before a clear, and opens with the old master password", async ({
	person,
}) => {
	await person.createVault("Valvet");
	await person.import(logins(3));
	const before = digest(await entries(person));
	const danger = await Danger.from(person, "clear_this_device");
	await expect(danger.page.getByRole("checkbox", { name: person.t("backup_keep") })).toBeChecked();
	await person.field("phrase_label", danger.page).fill("Valvet");
	await danger.button("act_clear_this_device").click();
	await danger.isDone();
	const path = test.info().outputPath("kept.sigill");
	copyFileSync(await savedFile(danger.page), path);
	expect(await sealed(person)).toEqual([]);
	expect(readFileSync(path).includes(Buffer.from("Site 0"))).toBe(false);

	await person.page.goto(person.browser.address("app"));
	await person.createVault("Nytt");
	await person.open("import");
	await person.page.getByLabel(person.t("import_file")).setInputFiles(path);
	await person.secret("import_backup_password").fill("not that one");
	await person.button("import_backup_open").click();
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.secret("import_backup_password").fill(person.master);
	await person.button("import_backup_open").click();
	await expect(person.heading("import_preview")).toBeVisible();
	await person.take(3);
	expect(digest(await entries(person))).toBe(before);
});

test("S28: a vault that does not prove blocks while the tick is there", async ({ person }) => {
	await person.createVault("Valvet");
	await person.import(logins(2));
	const danger = await Danger.from(person, "clear_this_device");
	await danger.page.evaluate(flipOneBit);
	await person.browser.killWorker(); // the next one reads what lies there
	const before = await sealed(person);
	await person.field("phrase_label", danger.page).fill("Valvet");
	await danger.button("act_clear_this_device").click();
	await expect(danger.says("backup_failed")).toBeVisible();
	expect(await sealed(person)).toEqual(before);
	await danger.page.getByRole("checkbox", { name: person.t("backup_keep") }).uncheck();
	await danger.button("act_clear_this_device").click();
	await expect(danger.says("error_damaged")).toBeVisible(); // what can't be read is not cleared by its name either
	expect(await sealed(person)).toEqual(before);
});

test("S28: a file that the browser did not save whole blocks while the tick is there", async ({ person }) => {
	await person.createVault("Valvet");
	await person.import(logins(2));
	const danger = await Danger.from(person, "clear_this_device");
	const browser = await person.browser.context.newCDPSession(danger.page);
	await browser.send("Browser.setDownloadBehavior", { behavior: "deny" });
	const before = await sealed(person);
	await person.field("phrase_label", danger.page).fill("Valvet");
	await danger.button("act_clear_this_device").click();
	await expect(danger.says("backup_failed")).toBeVisible();
	expect(await sealed(person)).toEqual(before);
});

test("S32: nothing stays on a device only where a file that was read back holds the same", async ({
	person,
}) => {
	await person.createVault("Valvet");
	await person.import(logins(2));
	const danger = await Danger.from(person, "clear_this_device");
	const { page } = danger;
	await person.field("phrase_label", page).fill("Valvet");
	await page.getByRole("checkbox", { name: person.t("backup_keep") }).uncheck();
	await expect(page.getByRole("radio", { name: person.t("leave_sealed") })).toBeChecked();
	await page.getByRole("radio", { name: person.t("leave_nothing") }).check();
	await expect(danger.button("act_clear_this_device")).toBeDisabled();
	await expect(danger.says("loss_no_undo")).toBeVisible();

	await danger.button("leave_save").click();
	const path = test.info().outputPath("kept.sigill");
	copyFileSync(await savedFile(page), path);
	const file = page.getByLabel(person.t("leave_file"));
	const cut = test.info().outputPath("cut.sigill");
	writeFileSync(cut, readFileSync(path).subarray(0, -1));
	await file.setInputFiles(cut);
	await expect(danger.says("leave_other_file")).toBeVisible();
	await expect(danger.button("act_clear_this_device")).toBeDisabled();
	await file.setInputFiles(path);
	await expect(danger.says("leave_checked")).toBeVisible();
	await danger.button("act_clear_this_device").click();
	await danger.isDone();
	await expect(danger.button("done_undo")).toHaveCount(0);
	expect(await person.ask("restorable").catch(() => undefined)).toBeUndefined();
});

test("S32: on a connected device nothing stays where the cloud holds the same", async ({
	person,
	mailbox,
}) => {
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const before = digest(await entries(person));
	const danger = await Danger.from(person, "clear_this_device");
	await danger.page.getByRole("radio", { name: person.t("leave_nothing") }).check();
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await expect(danger.button("done_undo")).toHaveCount(0);
	await person.page.goto(person.browser.address("app"));
	await person.button("welcome_download_again").click();
	await person.unlock();
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
});

/** In the page: one bit of one entry's record, as it lies in the device's database. */
async function flipOneBit(): Promise<void> {
	const done = <T>(request: IDBRequest<T>) =>
		new Promise<T>((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const database = await done(indexedDB.open("sigill"));
	const rows = database.transaction("rows", "readwrite").objectStore("rows");
	const keys = (await done(rows.getAllKeys())).filter((key) => String(key).includes("/i/"));
	const [key = ""] = keys;
	const record: Uint8Array = await done(rows.get(key));
	const last = record.length - 1;
	record[last] = (record[last] ?? 0) ^ 1;
	await done(rows.put(record, key));
	database.close();
}
