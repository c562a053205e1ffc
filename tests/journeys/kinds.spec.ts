import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";

/** Of each kind, what is typed into a field that shows in clear, and into a secret one. */
const KINDS = [
	["login", "item_username", "anna", "item_password", "old password"],
	["note", "item_notes", "the shed is behind the house", undefined, ""],
	["card", "field_holder", "Anna Berg", "field_card_number", "4242 4242 4242 4242"],
	["identity", "field_email", "anna@person.example", "field_personal_number", "19121212-1212"],
	["document", "field_type", "Passport", "field_document_number", "AA1234567"],
	["ssh_key", "field_fingerprint", "SHA256:abc", "field_private_key", "-----BEGIN"],
	["wifi", "field_network", "attic", "item_password", "radio waves"],
	["passkey", "item_username", "anna", undefined, ""],
	["custom", "field_type", "Boat licence", undefined, ""],
] as const;

const rows = (person: Person) =>
	person.page.getByRole("list", { name: person.t("list_scope", { scope: person.t("vault_title") }) });

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`an entry of each kind is made, found, shown and edited, and its history tells what stood there (${language})`, async ({
			person,
		}) => {
			test.setTimeout(180_000);
			const { page, t } = person;
			await person.createVault();
			for (const [kind, open, said, hidden, secret] of KINDS) {
				await person.open("vault");
				await person.begin(kind);
				await person.field("field_name").fill(`My ${kind}`);
				await person.secret(open).fill(said);
				if (hidden) await person.secret(hidden).fill(secret);
				await person.button("save").click();
				await expect(page.getByRole("heading", { name: `My ${kind}`, exact: true })).toBeVisible();
				await expect(page.getByRole("article")).toContainText(said);
				if (hidden) await expect(page.getByRole("article")).not.toContainText(secret);
			}
			await expectAccessible(page, "an entry");

			await page.getByRole("searchbox").fill("kind:card");
			await expect(rows(person).getByRole("listitem")).toHaveCount(1);
			await rows(person)
				.getByRole("link", { name: /^My card/ })
				.click();
			await expect(rows(person).getByRole("link")).toHaveAccessibleName(/•••• 4242/);
			await page.getByRole("button", { name: t("show", { what: t("field_card_number") }) }).click();
			await expect(page.getByRole("article")).toContainText("4242 4242 4242 4242");

			await person.button("item_edit").click();
			await person.field("field_expiry").fill("4/29");
			await person.field("field_holder").fill("Anna Ek");
			await person.secret("field_card_number").fill("5555-5555-5555-4444");
			await person.secret("field_folder").fill("Home / Bank");
			await person.secret("field_tags").fill("Money, Travel");
			await person.button("edit_field_add").click();
			await page.getByLabel(t("edit_field_label", { n: 1 })).fill("Abroad");
			await page.getByLabel(t("edit_field_kind", { n: 1 })).selectOption({ label: t("custom_boolean") });
			await page.getByRole("checkbox", { name: t("edit_field_value", { n: 1 }) }).check();
			await expectAccessible(page, "the form");
			await person.button("save").click();
			const card = page.getByRole("article");
			for (const text of ["04/29", "Anna Ek", "Home/Bank", "Travel", "Abroad", t("yes")]) {
				await expect(card).toContainText(text);
			}
			await card.getByText(t("item_history")).click();
			await expect(card).toContainText("Anna Berg");
			await expect(card).not.toContainText("4242 4242 4242 4242");
			await page
				.getByRole("button", {
					name: t("show", { what: t("item_old_value", { field: t("field_card_number") }) }),
				})
				.click();
			await expect(card).toContainText("4242 4242 4242 4242");
			await expectAccessible(page, "a history");

			await person.button("item_mark").click();
			await expect(person.button("item_unmark")).toBeVisible();
			await page.getByRole("searchbox").fill("is:favourite tag:travel folder:home");
			await expect(rows(person).getByRole("listitem")).toHaveCount(1);
		});
	});
}

test("many entries are moved, tagged, archived and trashed as one, and one press takes it back", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	for (const name of ["Bank", "Mail", "Shop"]) await person.add(name, "anna", "pass phrase");
	await page.setViewportSize({ width: 360, height: 640 });
	await person.open("vault");

	const select = async () => {
		await person.button("bulk_select").click();
		await page.getByRole("checkbox", { name: t("bulk_pick", { name: "Bank, anna" }) }).check();
		await page.getByRole("checkbox", { name: t("bulk_pick", { name: "Shop, anna" }) }).check();
		await expect(person.says("selected_other", { n: 2 })).toBeVisible();
	};
	const shows = async (names: string[]) => {
		const links = page.getByRole("list", { name: /:/ }).getByRole("link");
		await expect(links).toHaveText(names.map((name) => new RegExp(name)));
	};
	const undo = async () => {
		await person.button("undo").click();
		await expect(person.says("undone_other", { n: 2 })).toBeVisible();
	};

	await select();
	await expectAccessible(page, "selecting");
	await person.button("bulk_trash").click();
	await expect(person.says("deed_trash_other", { n: 2 })).toBeVisible();
	await shows(["Mail"]);
	await undo();
	await shows(["Bank", "Mail", "Shop"]);

	await select();
	await person.button("bulk_move").click();
	await person.secret("bulk_folder").fill("Home");
	await page.keyboard.press("Enter");
	await expect(person.says("deed_move_other", { n: 2 })).toBeVisible();
	await select();
	await person.button("bulk_tag").click();
	await person.secret("bulk_tag_name").fill("Money");
	await person.button("bulk_tag_on").click();
	await expect(person.says("deed_tag_other", { n: 2, source: "Money" })).toBeVisible();

	// What the list shows is chosen in its place where there is no room beside it.
	await person.button("scope_open").click();
	const facets = page.getByRole("navigation", { name: t("scope_nav") });
	await expectAccessible(page, "what the list shows");
	await facets.getByRole("link", { name: /^Home/ }).click();
	await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
	await shows(["Bank", "Shop"]);
	await person.button("bulk_select").click();
	await person.button("bulk_all").click();
	await person.button("bulk_archive").click();
	await expect(page.getByText(t("empty_scope"))).toBeVisible();
	await person.button("scope_open").click();
	await facets.getByRole("link", { name: new RegExp(`^${t("scope_archive")}`) }).click();
	await shows(["Bank", "Shop"]);

	// Later than the message: the list of batches still has the way back.
	await person.page.goto(person.browser.address("app", "#import"));
	await page.getByRole("button", { name: new RegExp(t("deed_archive_other", { n: 2 })) }).click();
	await expect(person.says("undone_other", { n: 2 })).toBeVisible();
	await person.has(3);
});
