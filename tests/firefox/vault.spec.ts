import { folders } from "../rig/firefox.ts";
import { expect, test } from "../rig/firefox-fixtures.ts";
import { codes } from "../rig/qr.ts";

/** The secret of the RFCs' vectors. */
const BYTES = Buffer.from("12345678901234567890");
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test("a vault without an account takes a login, locks, and opens by its master password only", async ({
	person,
}) => {
	await person.createVault();
	await person.add("Bank", "anna", "pass phrase");
	await person.lock();
	await expect(person.page.getByText("Bank")).toHaveCount(0);
	await person.unlock("another password");
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock();
	await person.isOpen();
	await person.has(1);
});

test("an entry gets a password from the generator, and shows the one-time code of now", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	await person.begin("login");
	await person.field("field_name").fill("Bank");
	await person.button("generator_make_password").click();
	const dialog = page.getByRole("dialog", { name: t("generator_make_password") });
	const made = dialog.locator(".value");
	await expect(made).toHaveText(/^[!-~]{20}$/);
	const password = (await made.textContent()) ?? "";
	await person.button("generator_use_password").click();
	await expect(dialog).toBeHidden();
	await expect(person.secret("item_password")).toHaveValue(password);
	await person.secret("field_totp").fill(SECRET);
	await person.button("save").click();

	const digits = page.locator("sg-code .digits");
	await expect(digits).toHaveText(/^\d{3} \d{3}$/);
	expect(codes(BYTES)).toContain((await digits.textContent())?.replace(" ", ""));
	await person.button("show", { what: t("what_password") }).click();
	await expect(page.getByRole("article")).toContainText(password);
});

test("a copied password leaves the clipboard again", async ({ person }) => {
	const { page, t } = person;
	await person.browser.set({ clipboardSeconds: 2 });
	await person.createVault();
	await person.add("Bank", "anna", "pass phrase");
	const field = page.getByRole("searchbox");
	const pasted = async () => {
		await field.fill("");
		await field.press("Control+v");
		return field.inputValue();
	};
	await person.button("copy", { what: t("what_password") }).click();
	expect(await pasted()).toBe("pass phrase");
	await expect.poll(pasted).toBe("");
});

test.describe("where the background is stopped as soon as it rests", () => {
	test.use({ preferences: { "extensions.background.idle.timeout": 500 } });
	test("the vault stays open, and answers", async ({ person }) => {
		const { page } = person;
		await person.createVault();
		await person.add("Bank", "anna", "pass phrase");
		await expect
			.poll(() => page.evaluate(() => Reflect.get(chrome.extension, "getBackgroundPage")()))
			.toBe(null);
		await person.has(1);
		await person.isOpen();
	});
});

test.describe("the repository itself", () => {
	test.use({ folder: folders.root });
	test("is an extension for Firefox too, by the same manifest", async ({ person }) => {
		await person.createVault();
		await person.add("Bank", "anna", "pass phrase");
	});
});
