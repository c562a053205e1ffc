import { readFileSync, writeFileSync } from "node:fs";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";

/** Entries of every kind, as Bitwarden writes them. */
const BITWARDEN = {
	encrypted: false,
	folders: [{ id: "f1", name: "Work/Åre" }],
	items: [
		{
			type: 1,
			name: "Bänk",
			folderId: "f1",
			favorite: true,
			notes: "two\nlines",
			fields: [{ name: "Customer", value: "4711", type: 0 }],
			login: {
				uris: [{ match: null, uri: "https://bank.example/" }],
				username: "åsa",
				password: 'p"q',
				totp: "JBSWY3DPEHPK3PXP",
			},
			passwordHistory: [{ lastUsedDate: "2024-05-01T10:00:00.000Z", password: "before" }],
		},
		{ type: 2, name: "Hemligt", notes: "the shed", secureNote: { type: 0 } },
		{
			type: 3,
			name: "Visa",
			card: { cardholderName: "Åsa Berg", number: "4242424242424242", expMonth: "5", expYear: "2029" },
		},
		{ type: 4, name: "Jag", identity: { firstName: "Åsa", lastName: "Berg", email: "asa@person.example" } },
		{
			type: 5,
			name: "Nyckel",
			sshKey: { privateKey: "-----BEGIN", publicKey: "ssh-ed25519 AAAA", keyFingerprint: "SHA256:abc" },
		},
		{ type: 1, name: "", login: {} },
	],
};

/** Written by Python's hashlib and cryptography, as Bitwarden writes it; its password is "lösen ord". */
const SEALED = readFileSync(
	new URL("../../crate/transfer/tests/formats/files/bitwarden-pbkdf2.json", import.meta.url),
);

async function pick(person: Person, name: string, content: string | Buffer): Promise<void> {
	const file = test.info().outputPath(name);
	writeFileSync(file, content);
	await person.page.getByLabel(person.t("import_file")).setInputFiles(file);
}

const kind = (person: Person) =>
	person.page.getByRole("combobox", { name: person.t("import_format"), exact: true });

async function opens(person: Person, name: string): Promise<void> {
	await person.open("vault");
	await person.page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
	await expect(person.page.getByRole("heading", { name, exact: true })).toBeVisible();
}

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`Bitwarden's JSON is known by its content, shown first, taken in with all it says, and undone (${language})`, async ({
			person,
		}) => {
			const { page, t } = person;
			await person.createVault();
			await person.open("import");
			await page.getByText("Bitwarden (JSON)").click();
			await expect(page.getByText(t("import_how_bitwarden_json"))).toBeVisible();
			await expectAccessible(page, "how to get a file");
			await pick(person, "export.txt", JSON.stringify(BITWARDEN));
			await expect(person.heading("import_preview")).toBeVisible();
			await expect(kind(person)).toHaveValue("bitwarden_json");
			const reason = t("import_error_no_name");
			await expect(page.getByText(t("import_error_nth", { line: 6, reason }))).toBeVisible();
			await expectAccessible(page, "what a file holds");
			await person.take(5);

			await opens(person, "Bänk");
			const entry = page.getByRole("article");
			for (const text of ["åsa", "two", "4711", "Work/Åre"]) await expect(entry).toContainText(text);
			await opens(person, "Visa");
			await expect(entry).toContainText("05/29");

			await person.open("import");
			await pick(person, "again.json", JSON.stringify(BITWARDEN));
			await expect(person.says("import_same_other", { n: 5 })).toBeVisible();
			await person.button("import_other_file").click();
			await page.getByRole("listitem").filter({ hasText: "export.txt" }).getByRole("button").click();
			await person.has(0);
		});
	});
}

test("another password in the file is a new version, and the old one stays in the history", async ({
	person,
}) => {
	await person.createVault();
	await person.open("import");
	await pick(person, "first.json", JSON.stringify(BITWARDEN));
	await person.take(5);
	await person.button("import_other_file").click();
	const changed = JSON.stringify(BITWARDEN).replace('p\\"q', "changed");
	await pick(person, "second.json", changed);
	await expect(person.says("import_changed_one", { n: 1 })).toBeVisible();
	await person.take(1);
	await person.has(5);
	await opens(person, "Bänk");
	const entry = person.page.getByRole("article");
	await entry.getByText(person.t("item_history")).click();
	const old = person.t("item_old_value", { field: person.t("item_password") });
	await person.page
		.getByRole("button", { name: person.t("show", { what: old }) })
		.first()
		.click();
	await expect(entry).toContainText('p"q');
});

test("an encrypted file says so, refuses a wrong password and opens with the right one", async ({
	person,
}) => {
	await person.createVault();
	await person.open("import");
	await pick(person, "encrypted.json", SEALED);
	await expect(person.heading("import_sealed_title")).toBeVisible();
	await expectAccessible(person.page, "an encrypted file");
	await person.secret("import_sealed_password").fill("not that one");
	await person.button("import_sealed_open").click();
	await expect(person.page.getByRole("alert")).toContainText(person.t("import_error_wrong_password"));
	await person.secret("import_sealed_password").fill("lösen ord");
	await person.button("import_sealed_open").click();
	await expect(person.heading("import_preview")).toBeVisible();
	await person.take(1);
	await opens(person, "Bänk");
	await expect(person.page.getByRole("article")).toContainText("Åre");
});

test("of an unknown table the person says what its columns hold", async ({ person }) => {
	const { page, t } = person;
	await person.createVault();
	await person.open("import");
	await pick(
		person,
		"own.csv",
		'Tjänst;Adress;Konto;Hemligt;Kund\nBank;https://bank.example/;åsa;"p;""q";4711\n',
	);
	await expect(person.heading("import_columns_title")).toBeVisible();
	await expect(kind(person)).toHaveValue("table");
	await expectAccessible(page, "what columns hold");
	const column = (name: string) => page.getByRole("combobox", { name, exact: true });
	await expect(column("Adress")).toHaveValue("url");
	for (const [name, place] of [
		["Tjänst", "name"],
		["Konto", "username"],
		["Hemligt", "password"],
		["Kund", "custom_text"],
	] as const) {
		await column(name).selectOption(place);
	}
	await person.button("import_columns_read").click();
	await expect(person.heading("import_preview")).toBeVisible();
	await person.take(1);
	await opens(person, "Bank");
	const entry = page.getByRole("article");
	await expect(entry).toContainText("4711");
	await page.getByRole("button", { name: t("show", { what: t("what_password") }) }).click();
	await expect(entry).toContainText('p;"q');
});

test("a broken file is refused with the reason, a kind that does not fit can be changed back", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	await person.open("import");
	const whole = JSON.stringify(BITWARDEN);
	await pick(person, "cut.json", whole.slice(0, -20));
	await expect(page.getByRole("alert")).toContainText(t("import_error_damaged"));
	await pick(person, "picture.zip", Buffer.from("PK\u0003\u0004 and nothing else"));
	await expect(page.getByRole("alert")).toContainText(t("import_error_damaged"));

	await pick(person, "whole.json", whole);
	await expect(person.heading("import_preview")).toBeVisible();
	await kind(person).selectOption("enpass");
	await expect(page.getByRole("alert")).toContainText(t("import_error_other"));
	await expect(person.heading("import_preview")).toHaveCount(0);
	await kind(person).selectOption("bitwarden_json");
	await expect(person.heading("import_preview")).toBeVisible();
	await person.has(0);
});
