import { expect, test } from "../rig/fixtures.ts";
import { Overlay } from "../rig/overlay.ts";
import { fields, SIGN_IN, sites } from "../rig/sites.ts";

test("where the popup opens by the browser's own button only, what it shows comes in a tab", async ({
	person,
}) => {
	const { context } = person.browser;
	await person.createVault();
	await person.ask("lock");
	await sites(context, { "https://shop.example/login": SIGN_IN });
	const worker = await person.browser.worker();
	await worker.evaluate(() => {
		chrome.action.openPopup = () => Promise.reject(new Error("openPopup requires a user gesture"));
	});
	const page = await context.newPage();
	await person.page.close(); // one that is open comes to the front instead
	await page.goto("https://shop.example/login");
	await fields(page).user.click();
	const opens = context.waitForEvent("page");
	await new Overlay(page).press("menuitem", person.t("inpage_unlock"));
	await expect(person.secret("unlock_password", await opens)).toBeVisible();
});
