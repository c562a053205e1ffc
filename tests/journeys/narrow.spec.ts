import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { Browser } from "../rig/browser.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { Keyboard } from "../rig/keyboard.ts";
import { accountPage } from "../rig/moments.ts";
import { CONNECTED, scene } from "../rig/scenes.ts";
import { texts } from "../rig/texts.ts";

const NARROW = { width: 360, height: 600 };
/** What tells one name from the next at a glance, and a thumb's width. */
const APART = 8;
const THUMB = 44;

const AT = 1_796_000_000;

const test = base.extend<{ browser_: Browser }>({
	browser_: async ({ language }, use) => {
		const browser = await Browser.open("A", { language });
		await use(browser);
		await browser.close();
	},
});

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
	const box = await locator.boundingBox();
	if (!box) throw new Error("it has no place on the page");
	return box;
}

/** From the foot of one to the head of the other, whichever stands above. */
async function overlap(one: Locator, other: Locator): Promise<number> {
	const [a, b] = [await boxOf(one), await boxOf(other)];
	return Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
}

async function narrow(browser: Browser, place: "app" | "popup", hash: string): Promise<Page> {
	const page = await scene(browser, place, hash, { status: CONNECTED });
	await page.setViewportSize(NARROW);
	return page;
}

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		const t = texts(language);
		const ways = (page: Page) => page.getByRole("navigation", { name: t("nav"), exact: true });

		for (const place of ["app", "popup"] as const) {
			test(`at 360 px the names of the ways stand apart, each wide enough for a thumb (${place}, ${language})`, async ({
				browser_,
			}) => {
				const page = await narrow(browser_, place, "#settings");
				const doors = ways(page).locator(":scope > :is(a, button)");
				await expect(doors).toHaveCount(5);
				let end = 0;
				for (const door of await doors.all()) {
					expect((await boxOf(door)).height).toBeGreaterThanOrEqual(THUMB);
					const name = await boxOf(door.locator("span"));
					expect(name.x - end).toBeGreaterThanOrEqual(APART);
					end = name.x + name.width;
				}
				expect(NARROW.width - end).toBeGreaterThanOrEqual(APART);
			});
		}

		test(`what has no room at the foot opens from its last button, by the keyboard too (${language})`, async ({
			browser_,
		}) => {
			const page = await narrow(browser_, "app", "#generator");
			const more = ways(page).getByRole("button", { name: t("nav_more"), exact: true });
			const account = ways(page).getByRole("link", { name: t("nav_account"), exact: true });
			await expect(more).toBeVisible();
			await expect(account).toBeHidden();
			const keys = new Keyboard(page);
			await keys.use(more);
			await expect(account).toBeVisible();
			await expectAccessible(page, "the ways that open from a button");
			await keys.press("Escape");
			await expect(account).toBeHidden();
			await keys.isAt(more);
			await keys.use(more);
			await keys.use(ways(page).getByRole("link", { name: t("nav_settings"), exact: true }));
			await expect(page.getByRole("heading", { name: t("settings_title"), exact: true })).toBeFocused();
			await expect(account).toBeHidden();
			await expect(more).toHaveAttribute("aria-current", "true");
		});

		test(`a day is written the same with its time and without (${language})`, async ({ browser_ }) => {
			const device = { id: "01", name: "Laptop", knownSince: AT, lastSeen: AT, this: true };
			const { place, hash, answers } = accountPage("account", CONNECTED, { devices: [device] });
			const page = await scene(browser_, place, hash, answers);
			const locale = language === "sv" ? "sv-SE" : "en-GB";
			const day = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(AT * 1000);
			const dates = page.getByText(t("account_device_dates").split("{")[0] ?? "");
			await expect(dates).toBeVisible();
			const text = ((await dates.textContent()) ?? "").replaceAll("\u00a0", " ");
			expect(text.split(day).length - 1, text).toBe(2);
		});
	});
}

test("a message covers nothing of the page, however long that is", async ({ browser_ }) => {
	const t = texts("en");
	for (const size of [NARROW, { width: 1100, height: 600 }]) {
		const page = await scene(browser_, "app", "#settings", { status: CONNECTED });
		await page.setViewportSize(size);
		await page.getByLabel(t("settings_theme"), { exact: true }).selectOption("dark");
		const toast = page.locator("sg-toasts .toast");
		await expect(toast).toContainText(t("settings_saved"));
		expect(await overlap(toast, page.getByRole("main"))).toBeLessThanOrEqual(0);
		expect(await overlap(toast, page.getByRole("navigation"))).toBeLessThanOrEqual(0);
		await page.close();
	}
});
