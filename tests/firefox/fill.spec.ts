import type { Page } from "@playwright/test";
import { entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/firefox-fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";
import { fields, SIGN_IN, sites } from "../rig/sites.ts";

/** What Sigill shows in a page lies in closed roots, where no locator looks: it is found by its hosts, used by its keys. */
const overlays = (page: Page) => page.locator("[popover=manual]");

async function visit(person: Person, url: string): Promise<Page> {
	const page = await person.browser.context.newPage();
	await page.goto(url);
	return page;
}

/** What is pressed as soon as it shows, faster than anybody reads, doesn't count. */
async function pressUntil(page: Page, key: string, done: () => Promise<void>): Promise<void> {
	await expect(async () => {
		await page.keyboard.press(key);
		await done();
	}).toPass();
}

test.beforeEach(async ({ person }) => {
	await person.createVault();
	await sites(person.browser.context, {
		"https://shop.example/login": SIGN_IN,
		"https://shop.example/in": "<h1>Welcome</h1>",
	});
});

test("a mark shows in the field, down opens the menu, enter fills", async ({ person }) => {
	await person.ask("save", loginOf("https://shop.example/", "alice", "correct horse"));
	const page = await visit(person, "https://shop.example/login");
	const { user, word } = fields(page);
	await user.focus();
	await expect(overlays(page).first()).toBeVisible();
	await page.keyboard.press("ArrowDown");
	await expect(page.locator("[popover=manual]:focus")).toBeVisible();
	await pressUntil(page, "Enter", () => expect(word).toHaveValue("correct horse", { timeout: 500 }));
	await expect(user).toHaveValue("alice");
});

test("what is sent is offered to be saved on the next page", async ({ person }) => {
	const page = await visit(person, "https://shop.example/login");
	const { user, word } = fields(page);
	await user.fill("bob");
	await word.fill("battery staple");
	await page.getByRole("button").click();
	await page.waitForURL("**/in?**");
	await expect(overlays(page)).toBeVisible();
	expect(await entries(person)).toEqual([]);
	await page.keyboard.press("Tab");
	await expect(overlays(page)).toBeFocused();
	await pressUntil(page, "Enter", () =>
		expect
			.poll(() => entries(person), { timeout: 1000 })
			.toMatchObject([{ username: "bob", password: "battery staple" }]),
	);
	await expect(overlays(page)).toHaveCount(0);
});

test("beside a page the popup opens on what that page needs, and fills it", async ({ person }) => {
	await person.ask("save", loginOf("https://shop.example/", "alice", "correct horse"));
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	const page = await visit(person, "https://shop.example/login");
	await expect(fields(page).user).toBeVisible();
	await page.bringToFront(); // a popup is beside the tab that somebody is in; a test's popup is a window of its own
	await popup.reload();
	const fill = popup.getByRole("button", { name: person.t("here_fill", { name: "shop.example, alice" }) });
	await fill.dispatchEvent("click");
	await expect(fields(page).word).toHaveValue("correct horse");
});
