import { expect, test } from "../rig/fixtures.ts";
import { Keyboard } from "../rig/keyboard.ts";
import { loginOf } from "../rig/logins.ts";
import { Overlay } from "../rig/overlay.ts";
import type { Person } from "../rig/person.ts";
import { fields, SIGN_IN, sites } from "../rig/sites.ts";

test("from the first page to a saved entry by the keyboard alone: unlock, search, fill, generate, save", async ({
	person,
}) => {
	const { page } = person;
	const keys = new Keyboard(page);
	await test.step("create a vault", () => create(person, keys));
	await person.ask("save", loginOf("https://shop.example/", "alice", "correct horse"));
	await test.step("lock and unlock", () => lockAndUnlock(person, keys));
	await test.step("search", () => search(person, keys));
	await test.step("fill", () => fill(person));
	await page.bringToFront();
	await test.step("generate", () => generate(person, keys));
	await test.step("save", () => save(person, keys));
});

async function create(person: Person, keys: Keyboard): Promise<void> {
	await expect(person.heading("welcome_title")).toBeVisible();
	await keys.use(person.button("welcome_create"));
	await keys.isAt(person.secret("create_password"));
	await keys.type(person.master);
	await keys.fill(person.secret("create_again"), person.master);
	await keys.use(
		person.page.getByRole("checkbox", { name: person.t("recovery_make"), exact: true }),
		"Space",
	);
	await keys.use(person.button("create_submit"));
	await person.isOpen();
}

async function lockAndUnlock(person: Person, keys: Keyboard): Promise<void> {
	await keys.use(person.button("nav_lock"));
	await keys.isAt(person.secret("unlock_password"));
	await keys.type(person.master);
	await keys.press("Enter");
	await person.isOpen();
}

async function search(person: Person, keys: Keyboard): Promise<void> {
	const { page, t } = person;
	await keys.isAt(page.getByRole("searchbox"));
	await keys.type("shop");
	const row = page.getByRole("link", { name: "shop.example, alice", exact: true });
	await expect(row).toBeVisible();
	await keys.press("ArrowDown");
	await keys.isAt(row);
	await keys.press("Enter");
	await keys.isAt(page.getByRole("heading", { name: "shop.example", exact: true }));
	await keys.use(person.button("copy", { what: t("what_password") }));
	await expect(page.locator("sg-toasts").getByText(t("said_password"))).toBeVisible();
}

/** In a page of the web: the menu is in a closed root, and has the keyboard once it is opened by it. */
async function fill(person: Person): Promise<void> {
	await sites(person.browser.context, { "https://shop.example/login": SIGN_IN });
	const page = await person.browser.context.newPage();
	await page.goto("https://shop.example/login");
	const keys = new Keyboard(page);
	const { user, word } = fields(page);
	await keys.to(user);
	await new Overlay(page).sees("button", person.t("inpage_mark"));
	await keys.press("ArrowDown");
	await keys.seesIn("menuitem", "alice");
	await expect(async () => {
		await keys.press("Enter"); // too soon after it opened, it is a slip
		await expect(word).toHaveValue("correct horse", { timeout: 300 });
	}).toPass();
	await expect(user).toHaveValue("alice");
	await keys.isAt(word);
	await page.close();
}

async function generate(person: Person, keys: Keyboard): Promise<void> {
	const { page, t } = person;
	const ways = page.getByRole("navigation", { name: t("nav"), exact: true });
	await keys.use(ways.getByRole("link", { name: t("nav_generator"), exact: true }));
	await keys.isAt(person.heading("generator_title"));
	const value = page.locator("sg-generate .value");
	await expect(value).toHaveText(/^[!-~]{20}$/);
	await keys.to(page.getByRole("slider", { name: t("generator_length"), exact: true }));
	await keys.press("ArrowRight");
	await expect(value).toHaveText(/^[!-~]{21}$/);
	await keys.use(person.button("copy", { what: t("what_password") }));
	await expect(page.locator("sg-toasts").getByText(t("said_password"))).toBeVisible();
}

async function save(person: Person, keys: Keyboard): Promise<void> {
	const { page, t } = person;
	await keys.press("Control+k");
	await keys.isAt(page.getByRole("combobox", { name: t("palette_field") }));
	await keys.type(t("edit_title_kind", { kind: t("kind_login") }));
	await keys.press("Enter");
	await keys.isAt(person.field("field_name"));
	await keys.type("Library");
	await keys.fill(person.field("item_username"), "anna");
	await keys.use(person.button("generator_make_password"));
	const dialog = page.getByRole("dialog", { name: t("generator_make_password") });
	await keys.use(dialog.getByRole("button", { name: t("generator_use_password"), exact: true }));
	await keys.isAt(person.button("generator_make_password"));
	await keys.use(person.button("save"));
	await keys.isAt(page.getByRole("heading", { name: "Library", exact: true }));
}
