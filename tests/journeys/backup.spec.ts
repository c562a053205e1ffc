import { readFileSync } from "node:fs";
import { Danger } from "../rig/danger.ts";
import { digest, entries, sealed } from "../rig/evidence.ts";
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
	const saved = danger.page.waitForEvent("download");
	await danger.button("act_clear_this_device").click();
	const path = test.info().outputPath("kept.sigill");
	await (await saved).saveAs(path);
	await danger.isDone();
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
	await danger.page.evaluate(() => {
		const send = chrome.runtime.sendMessage.bind(chrome.runtime) as (request: unknown) => Promise<unknown>;
		chrome.runtime.sendMessage = (async (request: { method?: string }) =>
			request.method === "backup"
				? { failure: { code: "damaged" } }
				: send(request)) as typeof chrome.runtime.sendMessage;
	});
	const before = await sealed(person);
	await person.field("phrase_label", danger.page).fill("Valvet");
	await danger.button("act_clear_this_device").click();
	await expect(danger.says("backup_failed")).toBeVisible();
	expect(await sealed(person)).toEqual(before);
	await danger.page.getByRole("checkbox", { name: person.t("backup_keep") }).uncheck();
	await danger.button("act_clear_this_device").click();
	await danger.isDone();
});
