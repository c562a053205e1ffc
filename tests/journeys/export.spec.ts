import { copyFileSync, readFileSync } from "node:fs";
import { digest, entries, savedFile } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

/** Keys are derived, and files are written: a busy machine takes its time. */
const SLOW = { timeout: 60_000 };

/** From settings to the page that asks for a format and the master password. */
async function begin(person: Person, format: "kdbx" | "bitwarden" | "cxf" | "csv"): Promise<void> {
	await person.open("settings");
	await person.button("settings_export").click();
	await expect(person.heading("export_title")).toBeVisible();
	await person.page.getByRole("radio", { name: person.t(`export_${format}`) }).check();
}

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`entries leave in clear to whoever types the master password, after a warning and a list of what stays (${language})`, async ({
			person,
		}) => {
			test.setTimeout(180_000);
			const { page } = person;
			await person.createVault();
			await person.import(logins(3));
			await begin(person, "csv");
			await expect(person.says("export_warning")).toBeVisible();
			await person.secret("export_master").fill("not that one");
			await person.button("export_continue").click();
			await expect(person.says("error_wrong_master_password")).toBeVisible(SLOW);
			await person.secret("export_master").fill(person.master);
			await person.button("export_continue").click();
			await expect(person.heading("export_lost")).toBeVisible(SLOW); // when each was made
			await person.button("export_do").click();
			await expect(person.says("export_done_clear")).toBeVisible(SLOW);
			const path = test.info().outputPath("exported.csv");
			copyFileSync(await savedFile(page), path);
			const before = digest(await entries(person));
			const text = readFileSync(path, "utf8");
			for (const { username } of logins(3)) expect(text).toContain(username);

			await page.goto(person.browser.address("app"));
			await person.open("import");
			await page.getByLabel(person.t("import_file")).setInputFiles(path);
			await expect(person.says("import_nothing")).toBeVisible(); // every row is here already
			expect(digest(await entries(person))).toBe(before);
		});
	});
}

test("a KeePass database leaves sealed under a password of its own, which is asked for twice", async ({
	person,
}) => {
	const { page } = person;
	await person.createVault();
	await person.import(logins(2));
	await begin(person, "kdbx");
	await expect(person.says("export_warning")).toHaveCount(0);
	await person.secret("export_master").fill(person.master);
	await person.button("export_continue").click();
	await expect(person.says("export_nothing_lost")).toBeVisible(SLOW);
	await person.button("export_do").click();
	await expect(person.says("export_password_missing")).toBeVisible();
	await person.secret("export_password").fill("correct horse battery staple");
	await person.secret("export_password_again").fill("correct horse battery");
	await person.button("export_do").click();
	await expect(person.says("export_password_differs")).toBeVisible();
	await person.secret("export_password_again").fill("correct horse battery staple");
	await person.button("export_do").click();
	await expect(person.says("export_done_sealed")).toBeVisible(SLOW);
	const file = readFileSync(await savedFile(page));
	expect(file.subarray(0, 4)).toEqual(Buffer.from([0x03, 0xd9, 0xa2, 0x9a]));
	expect(file.includes(Buffer.from("person0"))).toBe(false);
});

test("a vault that locks takes the page of its export along", async ({ person }) => {
	await person.createVault();
	await person.import(logins(1));
	await begin(person, "bitwarden");
	await person.secret("export_master").fill(person.master);
	await person.button("export_continue").click();
	await expect(person.button("export_do")).toBeVisible(SLOW);
	await person.lock();
	await expect(person.secret("unlock_password")).toBeVisible();
	await expect(person.button("export_do")).toHaveCount(0);
});
