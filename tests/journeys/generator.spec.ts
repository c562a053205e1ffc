import type { Locator, Page } from "@playwright/test";
import type { Item } from "../../extension/wasm/sigill.js";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import { Keyboard } from "../rig/keyboard.ts";
import type { Person } from "../rig/person.ts";

/** What the generator shows. */
const value = (page: Page) => page.locator("sg-generate .value");

const textOf = async (shown: Locator) => (await shown.textContent()) ?? "";

const kind = (person: Person, key: string) =>
	person.page.getByRole("radio", { name: person.t(key), exact: true });

/** Values of the history, as the session keeps them. */
async function used(person: Person): Promise<string[]> {
	const lines = (await person.ask<string>("drawn", "look", "")).split("\n").filter((line) => line !== "");
	return lines.map((line) => line.slice(line.indexOf(" ") + 1));
}

test("by the keyboard alone a password is made in an entry, saved, and found in the history", async ({
	person,
}) => {
	const { page, t } = person;
	const keys = new Keyboard(page);
	await person.createVault();
	await page.goto(person.browser.address("app", "#vault/new/login"));
	await expect(person.field("field_name")).toBeFocused();
	await page.keyboard.type("Library");

	const making = person.button("generator_make_password");
	await keys.to(making);
	await page.keyboard.press("Enter");
	const dialog = page.getByRole("dialog", { name: t("generator_make_password") });
	await expect(dialog.locator(".value")).toHaveText(/^[!-~]{20}$/);
	await expectAccessible(page, "the generator over a form");
	const length = dialog.getByRole("slider", { name: t("generator_length"), exact: true });
	await keys.to(length);
	await page.keyboard.press("ArrowRight");
	await expect(dialog.locator(".value")).toHaveText(/^[!-~]{21}$/);
	const made = await textOf(dialog.locator(".value"));
	// Round the dialog: the keyboard can't leave it.
	await keys.to(dialog.getByRole("button", { name: t("generator_use_password"), exact: true }));
	await page.keyboard.press("Enter");
	await expect(dialog).toBeHidden();
	await expect(making).toBeFocused();
	await expect(person.secret("item_password")).toHaveValue(made);

	await keys.to(person.button("save"));
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "Library", exact: true })).toBeVisible();
	const id = page.url().split("/").at(-1);
	const { content } = await person.ask<Item>("item", id);
	expect(content.values).toContainEqual({ field: "password", text: made });

	const door = page.getByRole("navigation", { name: t("nav"), exact: true });
	await keys.to(door.getByRole("link", { name: t("nav_generator"), exact: true }));
	await page.keyboard.press("Enter");
	await expect(person.heading("generator_title")).toBeVisible();
	const history = page.locator("sg-drawn");
	await keys.to(history.locator("summary"));
	await page.keyboard.press("Enter");
	await expect(history.getByRole("listitem")).toHaveCount(1);
	await expect(history.getByRole("listitem")).toContainText(made);
	await expectAccessible(page, "the history");
});

test("Escape leaves the form as it was", async ({ person }) => {
	const { page } = person;
	await person.createVault();
	await person.begin("login");
	await person.secret("item_password").fill("mine");
	await person.button("generator_make_password").click();
	await expect(value(page)).toHaveText(/./);
	await page.keyboard.press("Escape");
	await expect(person.button("generator_make_password")).toBeFocused();
	await expect(person.secret("item_password")).toHaveValue("mine");
	expect(await used(person)).toEqual([]);
});

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`each kind is made as it is chosen, and the choice is there again (${language})`, async ({
			person,
		}) => {
			const { page, t } = person;
			await person.createVault();
			await person.open("generator");
			await expect(value(page)).toHaveText(/^[!-~]{20}$/);
			const length = page.getByRole("spinbutton", {
				name: t("generator_typed", { what: t("generator_length") }),
			});
			await length.fill("8");
			for (const set of ["lower", "upper", "symbols"]) {
				await page.getByRole("checkbox", { name: t(`generator_${set}`), exact: true }).uncheck();
			}
			await expect(value(page)).toHaveText(/^\d{8}$/);
			await expect(page.getByRole("status").filter({ hasText: t("generator_weak") })).toContainText(
				t("generator_bits", { n: 26 }),
			);
			await page.getByRole("checkbox", { name: t("generator_digits"), exact: true }).uncheck();
			await expect(page.getByRole("alert")).toContainText(t("generator_refused_no_letters"));
			await expect(person.button("copy", { what: t("what_password") })).toBeDisabled();
			await page.getByRole("checkbox", { name: t("generator_digits"), exact: true }).check();
			await page.locator("sg-generate").getByText(t("generator_more"), { exact: true }).click();
			await page.getByRole("spinbutton", { name: t("generator_least_digits"), exact: true }).fill("9");
			await expect(page.getByRole("alert")).toContainText(t("generator_refused_too_short", { n: 9 }));

			await kind(person, "generator_passphrase").check({ force: true });
			await expect(value(page)).toHaveText(/^[a-z-]+(-[a-z-]+){5}$/);
			await page.getByLabel(t("generator_separator"), { exact: true }).selectOption({
				label: t("generator_mark_full_stop"),
			});
			await page.getByRole("checkbox", { name: t("generator_number"), exact: true }).check();
			await expect(value(page)).toHaveText(/^[a-z0-9.-]+$/);
			await expect(value(page)).toHaveText(/^\D*\d\D*$/);
			await expect(page.getByRole("status").filter({ hasText: t("generator_strong") })).toBeVisible();

			await kind(person, "generator_user_name").check({ force: true });
			await expect(value(page)).toHaveText(/^[a-z]+\d\d$/);
			await kind(person, "generator_sub_address").check({ force: true });
			await expect(page.getByText(t("generator_refused_address"))).toBeVisible();
			await expect(page.getByRole("alert")).toHaveCount(0); // nobody typed anything yet
			await person.field("generator_address").fill("anna");
			await expect(page.getByRole("alert")).toContainText(t("generator_refused_address"));
			await person.field("generator_address").fill("anna@person.example");
			await expect(page.getByText(t("generator_refused_tag"))).toBeVisible();
			await person.field("generator_tag").fill("https://www.shop.example/sign-up");
			await expect(value(page)).toHaveText("anna+shop.example@person.example");

			await kind(person, "generator_password").check({ force: true });
			await page.reload();
			await expect(length).toHaveValue("8");
			const symbols = page.getByRole("checkbox", { name: t("generator_symbols"), exact: true });
			await expect(symbols).not.toBeChecked();
		});
	});
}

test("what is copied is remembered, erased when asked for, and not to be had from a locked vault", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	await person.open("generator");
	await page.locator("sg-drawn summary").click();
	await expect(page.getByText(t("generator_history_none"))).toBeVisible();
	const copy = person.button("copy", { what: t("what_password") });
	await copy.click();
	const first = await textOf(value(page));
	await expect(page.locator("sg-toasts")).toContainText(t("said_password"));
	await expect(page.getByRole("listitem").filter({ hasText: first })).toBeVisible();
	await person.button("generator_again").click();
	await expect(value(page)).not.toHaveText(first);
	await copy.click();
	await expect(page.locator("sg-drawn").getByRole("listitem")).toHaveCount(2);
	await expect.poll(() => used(person)).toEqual([await textOf(value(page)), first]);

	await person.lock();
	await expect(page.locator("sg-drawn")).toHaveCount(0);
	await page.goto(person.browser.address("app", "#generator"));
	await expect(person.secret("unlock_password")).toBeVisible();
	const answer = await page.evaluate(() =>
		chrome.runtime.sendMessage({ sigill: "call", method: "drawn", args: ["look", ""] }),
	);
	expect(answer).toMatchObject({ failure: { code: "locked" } });

	await person.unlock();
	await expect(person.heading("generator_title")).toBeVisible();
	await page.locator("sg-drawn summary").click();
	await person.button("generator_history_erase").click();
	await expect(page.getByText(t("generator_history_none"))).toBeVisible();
	expect(await used(person)).toEqual([]);
});

test("a user name is made beside its field, an address for the site from its website", async ({ person }) => {
	const { page } = person;
	await person.createVault();
	await person.begin("login");
	await person.field("field_name").fill("Shop");
	await page.getByLabel(person.t("custom_url"), { exact: true }).fill("https://shop.example/join");
	await person.button("generator_make_user_name").click();
	await kind(person, "generator_sub_address").check({ force: true });
	await person.field("generator_address").fill("anna@person.example");
	await expect(value(page)).toHaveText("anna+shop.example@person.example");
	await person.button("generator_use_sub_address").click();
	await expect(person.field("item_username")).toHaveValue("anna+shop.example@person.example");
});
