import { randomBytes } from "node:crypto";
import { expectAccessible } from "../rig/axe.ts";
import { downloaded } from "../rig/downloads.ts";
import { expect, test } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";

const MB = 1_000_000;

/** An entry named so, open. */
async function passport(person: Person): Promise<void> {
	await person.open("vault");
	await person.begin("document");
	await person.field("field_name").fill("Passport");
	await person.button("save").click();
	await expect(person.heading("item_files")).toBeVisible();
}

async function attach(person: Person, name: string, buffer: Buffer): Promise<void> {
	const chosen = person.page.waitForEvent("filechooser");
	await person.button("files_attach").click();
	await (await chosen).setFiles({ name, mimeType: "application/pdf", buffer });
}

const file = (person: Person, name: string) => person.button("files_download", { name });

/** What is saved when the person presses it. */
function download(person: Person, name: string): Promise<Buffer> {
	return downloaded(person.page, name, () => file(person, name).click());
}

async function openPassport(person: Person): Promise<void> {
	await person.open("vault");
	await person.page.getByRole("link", { name: /^Passport/ }).click();
}

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`a file of 3 MB is attached, synced and read on another device to the byte (${language})`, async ({
			person,
			device,
		}) => {
			test.setTimeout(180_000);
			await person.createVault();
			await passport(person);
			const content = randomBytes(3 * MB);
			await attach(person, "pass.pdf", content);
			await expect(file(person, "pass.pdf")).toBeVisible();
			await expect(person.says("files_added", { name: "pass.pdf" })).toBeVisible();
			await expectAccessible(person.page, "an entry with a file");
			await person.connectNew();

			const other = await device("B");
			await other.takeUp();
			await openPassport(other);
			await expect(other.says("files_in_cloud")).toBeVisible();
			expect((await download(other, "pass.pdf")).equals(content)).toBe(true);
			await expect(other.says("files_in_cloud")).toBeHidden();
		});
	});
}

test("a file over 10 MB is refused, and one that was removed comes back", async ({ person }) => {
	test.setTimeout(120_000);
	await person.createVault();
	await passport(person);
	await attach(person, "film.mp4", randomBytes(10 * 1024 * 1024 + 1));
	await expect(person.says("error_file_too_large")).toBeVisible();
	await expect(file(person, "film.mp4")).toBeHidden();

	const content = randomBytes(70_000);
	await attach(person, "pass.pdf", content);
	await person.button("files_remove", { name: "pass.pdf" }).click();
	await expect(file(person, "pass.pdf")).toBeHidden();
	await person.button("undo").click();
	await expect(person.says("files_back", { name: "pass.pdf" })).toBeVisible();
	expect((await download(person, "pass.pdf")).equals(content)).toBe(true);
});

test("a file attached offline, or cut on its way up, arrives whole once the network is back", async ({
	person,
	device,
	network,
}) => {
	test.setTimeout(180_000);
	await person.createVault();
	await person.connectNew();
	network.strike(/^A PUT \/v1\/files/, "lose_answer", 2);
	await passport(person);
	const content = randomBytes(2 * MB);
	await attach(person, "pass.pdf", content);
	await expect(file(person, "pass.pdf")).toBeVisible();
	await person.open("settings");
	await expect(async () => {
		await person.button("sync_now").click();
		expect(network.count(/^A PUT \/v1\/files/)).toBeGreaterThan(2); // two of which it never heard again
	}).toPass();
	network.heal();
	await person.sync();
	await openPassport(person);
	await expect(person.says("files_waiting")).toBeHidden();

	const other = await device("B");
	await other.takeUp();
	await openPassport(other);
	expect((await download(other, "pass.pdf")).equals(content)).toBe(true);
});

test.describe(() => {
	test.use({ settings: { SIGILL_FILES_MIB: "1" } });
	test("without room at the service the entry goes up and the page says how much is taken", async ({
		person,
	}) => {
		await person.createVault();
		await person.connectNew();
		await passport(person);
		await attach(person, "pass.pdf", randomBytes(2 * MB));
		await expect(file(person, "pass.pdf")).toBeVisible();
		await person.sync();
		await openPassport(person);
		await expect(person.says("files_full")).toBeVisible();
		await expect(person.says("files_waiting")).toBeVisible();
		await person.open("settings");
		await expect(person.says("sync_pending_one", { n: 1 })).toBeVisible();
	});
});
