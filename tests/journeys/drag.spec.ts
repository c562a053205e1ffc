import { expect, test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";

test("entries are dragged to a folder, one or all that are selected, and it can be undone", async ({
	person,
}) => {
	const { page, t } = person;
	await page.setViewportSize({ width: 1280, height: 800 }); // the places stand beside the list
	await person.createVault();
	const save = (name: string, folder: string) => {
		const { content } = loginOf(`https://${name}.example/`, "anna", "pass phrase");
		return person.ask("save", { content: { ...content, name, folder } });
	};
	for (const name of ["Bank", "Forum", "Shop"]) await save(name, "");
	await save("Mail", "Home");
	const list = page.getByRole("list", { name: t("list_scope", { scope: t("vault_title") }) });
	const folder = page.getByRole("navigation", { name: t("scope_nav") }).getByRole("link", { name: /^Home/ });
	await expect(list.getByRole("listitem")).toHaveCount(4);

	await list.getByRole("listitem").filter({ hasText: "Bank" }).dragTo(folder);
	await expect(folder).toHaveAccessibleName(/2/);

	await person.button("bulk_select").click();
	for (const name of ["Forum", "Shop"]) await list.getByRole("checkbox", { name: new RegExp(name) }).check();
	await list.getByRole("listitem").filter({ hasText: "Shop" }).dragTo(folder);
	await expect(folder).toHaveAccessibleName(/4/);
	await expect(list.getByRole("checkbox")).toHaveCount(0); // what was done is no longer selected
	await page.getByRole("button", { name: t("undo"), exact: true }).click();
	await expect(folder).toHaveAccessibleName(/2/);

	const all = page
		.getByRole("navigation", { name: t("scope_nav") })
		.getByRole("link", { name: t("scope_all") });
	await list.getByRole("listitem").filter({ hasText: "Forum" }).dragTo(all);
	await expect(folder).toHaveAccessibleName(/2/);
});

test("a place that is dropped on says nothing of the vault to whoever reads what is dragged", async ({
	person,
}) => {
	const { page, t } = person;
	await page.setViewportSize({ width: 1280, height: 800 });
	await person.createVault();
	await person.ask("save", loginOf("https://shop.example/", "anna", "pass phrase"));
	const row = page
		.getByRole("list", { name: t("list_scope", { scope: t("vault_title") }) })
		.getByRole("listitem");
	await expect(row).toHaveCount(1);
	const data = await row.evaluate((element) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.setData("text/uri-list", "chrome-extension://id/#vault/item/secret");
		element.dispatchEvent(new DragEvent("dragstart", { dataTransfer, bubbles: true }));
		return [...dataTransfer.types].map((type) => [type, dataTransfer.getData(type)]);
	});
	expect(data).toEqual([["application/x-sigill", ""]]);
});
