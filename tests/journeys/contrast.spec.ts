import type { Locator } from "@playwright/test";
import { expectFits } from "../rig/fits.ts";
import { expect, test } from "../rig/fixtures.ts";
import { everyday } from "../rig/logins.ts";

const styleOf = (element: Locator, name: "backgroundColor" | "borderColor" | "transform") =>
	element.evaluate((one, wanted) => getComputedStyle(one)[wanted], name);

test("in the person's own colours what is chosen is still told from what is not", async ({ person }) => {
	const { page, t } = person;
	await page.emulateMedia({ forcedColors: "active" });
	await person.createVault();
	await person.import(everyday());
	await person.open("generator");
	const kinds = page.locator(".choice.kinds label");
	await expect(kinds.first()).toBeVisible();
	expect(await styleOf(kinds.first(), "backgroundColor")).not.toBe(
		await styleOf(kinds.last(), "backgroundColor"),
	);
	const ways = page.getByRole("navigation", { name: t("nav"), exact: true });
	const here = ways.getByRole("link", { name: t("nav_generator"), exact: true });
	const other = ways.getByRole("link", { name: t("nav_vault"), exact: true });
	expect(await styleOf(here, "borderColor")).not.toBe(await styleOf(other, "borderColor"));
	await page.keyboard.press("Control+k");
	const options = page.getByRole("dialog").getByRole("option");
	await expect(options.first()).toHaveAttribute("aria-selected", "true");
	expect(await styleOf(options.first(), "borderColor")).not.toBe(
		await styleOf(options.nth(1), "borderColor"),
	);
});

test("read from the right nothing lies beside the page, and what points back points there", async ({
	person,
}) => {
	const { page, t } = person;
	const rightToLeft = () => page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
	await rightToLeft();
	await expectFits(page, "welcome");
	await person.button("welcome_create").click();
	await expect(person.secret("create_password")).toBeVisible();
	const back = page.getByRole("button", { name: t("back"), exact: true }).locator("svg");
	expect(await styleOf(back, "transform")).toBe("matrix(-1, 0, 0, 1, 0, 0)");
	await page.getByRole("button", { name: t("back"), exact: true }).click();
	await person.createVault();
	await person.import(everyday());
	for (const door of ["vault", "generator", "settings", "import"] as const) {
		await person.open(door);
		await expectFits(page, door);
	}
});
