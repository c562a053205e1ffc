import { expect, test } from "../rig/firefox-fixtures.ts";
import { fields, SIGN_IN, sites } from "../rig/sites.ts";

const SITES = { origins: ["http://*/*", "https://*/*"] };

test("without access to sites a person is told, and gives it by one press", async ({ person }) => {
	const { page } = person;
	const told = person.heading("site_access_title");
	await expect(person.button("welcome_create")).toBeVisible();
	await expect(told).toHaveCount(0);
	await page.evaluate((given) => chrome.permissions.remove(given), SITES);
	await expect(told).toBeVisible();
	await person.createVault();
	await person.button("site_access_allow").click();
	await expect(told).toHaveCount(0);

	await sites(person.browser.context, { "https://shop.example/login": SIGN_IN });
	const shop = await person.browser.context.newPage();
	await shop.goto("https://shop.example/login");
	await fields(shop).user.focus();
	await expect(shop.locator("[popover=manual]").first()).toBeVisible();
});

test("who does without access is not asked again, but finds it in the settings", async ({ person }) => {
	const { page } = person;
	const told = person.heading("site_access_title");
	await page.evaluate((given) => chrome.permissions.remove(given), SITES);
	await person.button("site_access_without").click();
	await expect(told).toHaveCount(0);
	await page.reload();
	await expect(person.button("welcome_create")).toBeVisible();
	await expect(told).toHaveCount(0);
	await page.getByRole("link", { name: person.t("nav_settings"), exact: true }).click();
	await expect(told).toBeVisible();
});
