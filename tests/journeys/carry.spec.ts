import { randomBytes } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { Danger } from "../rig/danger.ts";
import { downloaded } from "../rig/downloads.ts";
import { savedFile } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";

const MB = 1_000_000;

/** Keys are derived, and files are written: a busy machine takes its time. */
const SLOW = { timeout: 60_000 };

/** An entry named Passport, with these files. */
async function passport(person: Person, files: Readonly<Record<string, Buffer>>): Promise<void> {
	await person.open("vault");
	await person.begin("document");
	await person.field("field_name").fill("Passport");
	await person.button("save").click();
	for (const [name, buffer] of Object.entries(files)) {
		const chosen = person.page.waitForEvent("filechooser");
		await person.button("files_attach").click();
		await (await chosen).setFiles({ name, mimeType: "application/pdf", buffer });
		await expect(person.button("files_download", { name })).toBeVisible(SLOW);
	}
}

/** What the entry's files hold, to the byte. */
async function holds(person: Person, files: Readonly<Record<string, Buffer>>): Promise<void> {
	await person.open("vault");
	await person.page.getByRole("link", { name: /^Passport/ }).click();
	await expect(person.page.getByRole("heading", { name: "Passport", exact: true })).toBeVisible();
	for (const [name, content] of Object.entries(files)) {
		const saved = await downloaded(person.page, name, () =>
			person.button("files_download", { name }).click(),
		);
		expect(saved.equals(content)).toBe(true);
	}
}

async function pick(person: Person, path: string): Promise<void> {
	await person.open("import");
	await person.page.getByLabel(person.t("import_file")).setInputFiles(path);
}

async function openBackup(person: Person, path: string): Promise<void> {
	await pick(person, path);
	await person.secret("import_backup_password").fill(person.master);
	await person.button("import_backup_open").click();
	await expect(person.heading("import_preview")).toBeVisible(SLOW);
}

/** The file that the browser saved last, kept under that name. */
async function kept(page: Page, name: string): Promise<string> {
	const path = test.info().outputPath(name);
	copyFileSync(await savedFile(page), path);
	return path;
}

/** Enpass's JSON: a note with attachments. */
function enpass(files: Readonly<Record<string, Buffer>>): string {
	const attachments = Object.entries(files).map(([name, content]) => ({
		name,
		kind: "application/pdf",
		data: content.toString("base64"),
	}));
	const item = { category: "note", template_type: "note.default", trashed: 0, archived: 0, favorite: 0 };
	return JSON.stringify({ folders: [], items: [{ ...item, title: "Passport", note: "x", attachments }] });
}

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`S28, S32: a backup file with files lets everything go, and brings it back to the byte (${language})`, async ({
			person,
		}) => {
			test.setTimeout(240_000);
			const files = { "pass.pdf": randomBytes(3 * MB), "stamp.png": randomBytes(70_000) };
			await person.createVault("Valvet");
			await passport(person, files);
			const danger = await Danger.from(person, "clear_this_device");
			const { page } = danger;
			await person.field("phrase_label", page).fill("Valvet");
			await page.getByRole("checkbox", { name: person.t("backup_keep") }).uncheck();
			await page.getByRole("radio", { name: person.t("leave_nothing") }).check();
			await danger.button("leave_save").click();
			const path = await kept(page, "kept.sigill");
			const damaged = test.info().outputPath("damaged.sigill");
			const bytes = readFileSync(path);
			bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1; // of the last chunk of the last file
			writeFileSync(damaged, bytes);
			const file = page.getByLabel(person.t("leave_file"));
			await file.setInputFiles(damaged);
			await expect(danger.says("leave_other_file")).toBeVisible(SLOW);
			await file.setInputFiles(path);
			await expect(danger.says("leave_checked")).toBeVisible(SLOW);
			await danger.button("act_clear_this_device").click();
			await danger.isDone();

			await person.page.goto(person.browser.address("app"));
			await person.createVault("Nytt");
			// One bit costs one file: its entry comes, and the page says which file does not.
			await openBackup(person, damaged);
			await person.take(1);
			await expect(person.says("import_not_taken_one", { n: 1 })).toBeVisible();
			await person.button("import_undo").click();
			await person.has(0);
			await openBackup(person, path);
			await expect(person.says("import_files_other", { n: 2 })).toBeVisible();
			await expectAccessible(person.page, "a backup file with files");
			await person.take(1);
			await holds(person, files);
		});
	});
}

test("attachments come with an import; one that is too large is named, and stopping takes nothing in", async ({
	person,
}) => {
	test.setTimeout(240_000);
	const { page, t } = person;
	const many = Object.fromEntries([1, 2, 3].map((n) => [`scan ${n}.pdf`, randomBytes(8 * MB)]));
	const path = test.info().outputPath("enpass.json");
	writeFileSync(path, enpass({ ...many, "film.mp4": randomBytes(10 * 1024 * 1024 + 1) }));
	await person.createVault();
	await pick(person, path);
	await expect(person.says("import_files_other", { n: 3 })).toBeVisible(SLOW);
	await expect(page.getByText(t("import_left_large", { entry: "Passport", name: "film.mp4" }))).toBeVisible();
	await expectAccessible(page, "an import with files");
	await person.button("import_do_one", { n: 1 }).click();
	await person.button("cancel").click();
	await expect(person.button("import_do_one", { n: 1 })).toBeEnabled(SLOW);
	await person.has(0);

	await pick(person, path);
	await expect(person.heading("import_preview")).toBeVisible(SLOW);
	await person.take(1);
	await holds(person, many);
	// The same file again brings nothing, whatever its files are called here.
	await pick(person, path);
	await expect(person.says("import_nothing")).toBeVisible(SLOW);
});

test("a KeePass database takes files along, and writing it can be stopped", async ({ person }) => {
	test.setTimeout(240_000);
	const files = { "pass.pdf": randomBytes(2 * MB) };
	await person.createVault();
	await passport(person, files);
	await person.open("settings");
	await person.button("settings_export").click();
	await person.page.getByRole("radio", { name: person.t("export_kdbx") }).check();
	await person.secret("export_master").fill(person.master);
	await person.button("export_continue").click();
	await expect(person.says("export_files_one", { n: 1 })).toBeVisible(SLOW);
	await person.secret("export_password").fill("correct horse battery staple");
	await person.secret("export_password_again").fill("correct horse battery staple");
	await person.button("export_do").click();
	await person.button("cancel").click();
	await expect(person.button("export_do")).toBeVisible(); // as it was before
	await person.button("export_do").click();
	await expect(person.says("export_done_sealed")).toBeVisible(SLOW);
	const path = await kept(person.page, "exported.kdbx");

	await person.page.goto(person.browser.address("app"));
	await pick(person, path);
	await person.secret("import_sealed_password").fill("correct horse battery staple");
	await person.button("import_sealed_open").click();
	await expect(person.says("import_nothing")).toBeVisible(SLOW); // all of it is here, its file too
});

test("what lies in the trash is offered back, and not added a second time", async ({ person }) => {
	const path = test.info().outputPath("enpass.json");
	writeFileSync(path, enpass({}));
	await person.createVault();
	await pick(person, path);
	await person.take(1);
	const rows = await person.ask<string>("list", { text: "", scope: { of: "all" }, from: 0, count: 9 });
	const ids = JSON.parse(rows).rows.map(({ id }: { id: string }) => id);
	await person.ask("bulk", { ids, act: { act: "trash" } });
	await person.button("import_other_file").click();
	await person.page.getByLabel(person.t("import_file")).setInputFiles(path);
	await expect(person.says("import_trashed_one", { n: 1 })).toBeVisible();
	await expect(person.says("import_nothing")).toBeVisible();
	await person.page.getByRole("checkbox", { name: person.t("import_restore_one", { n: 1 }) }).check();
	await expectAccessible(person.page, "an import of what lies in the trash");
	await person.take(1);
	await person.has(1);
});
