import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import { everyday, loginOf, logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

function palette(person: Person, page: Page) {
	const dialog = page.getByRole("dialog", { name: person.t("palette_title") });
	return {
		dialog,
		field: dialog.getByRole("combobox", { name: person.t("palette_field") }),
		options: dialog.getByRole("option"),
		chosen: dialog.getByRole("option", { selected: true }),
	};
}

async function opened(person: Person, page: Page = person.page) {
	const parts = palette(person, page);
	await page.keyboard.press("Control+k");
	await expect(parts.field).toBeFocused();
	return parts;
}

test("entries and commands are found and done by the keyboard, and escape gives the focus back", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	await person.import(everyday());
	await person.open("settings");
	const theme = page.getByRole("combobox", { name: t("settings_theme"), exact: true });
	await theme.focus();
	const { dialog, field, chosen } = await opened(person);
	await expectAccessible(page, "palette");
	await page.keyboard.press("Escape");
	await expect(dialog).toBeHidden();
	await expect(theme).toBeFocused();

	await opened(person);
	await page.keyboard.type("bibl");
	await expect(chosen).toHaveAccessibleName("Bibliotek, anna.berg@person.example");
	await expectAccessible(page, "palette with entries");
	await page.keyboard.press("Enter");
	await expect(dialog).toBeHidden();
	await expect(page.getByRole("heading", { name: "Bibliotek", exact: true })).toBeVisible();

	await opened(person);
	await expect(field).toHaveValue("");
	await page.keyboard.type(t("nav_generator"));
	await page.keyboard.press("Enter"); // before anybody could have seen what is found
	await expect(person.heading("generator_title")).toBeFocused();

	await opened(person);
	await page.keyboard.type(
		t("palette_set", { setting: t("settings_theme"), value: t("settings_theme_dark") }),
	);
	await page.keyboard.press("Enter");
	await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

	await opened(person);
	await page.keyboard.type(t("palette_lock"));
	await page.keyboard.press("Enter");
	await expect(person.secret("unlock_password")).toBeFocused();
});

test("the arrows go round, and what fits nothing says so", async ({ person }) => {
	const { page, t } = person;
	await person.createVault();
	const { options, chosen } = await opened(person);
	const names = await options.allInnerTexts();
	await expect(chosen).toHaveText(names[0] ?? "");
	await page.keyboard.press("ArrowUp");
	await expect(chosen).toHaveText(names.at(-1) ?? "");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	await expect(chosen).toHaveText(names[1] ?? "");
	await page.keyboard.type("qqq");
	await expect(page.getByRole("status").filter({ hasText: t("search_none", { text: "qqq" }) })).toBeVisible();
	await expect(options).toHaveCount(0);
});

test("user name and password are copied without opening the entry", async ({ person }) => {
	const { page, t } = person;
	await person.browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
	await person.createVault();
	await person.ask("save", loginOf("https://shop.example/", "alice", "correct horse"));
	for (const [key, value] of [
		["b", "alice"],
		["c", "correct horse"],
	] as const) {
		const { dialog, chosen } = await opened(person);
		await page.keyboard.type("shop");
		await expect(chosen).toHaveAccessibleName("shop.example, alice");
		await page.keyboard.press(`Control+${key}`);
		await expect(dialog).toBeHidden();
		await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(value);
	}
	const { chosen } = await opened(person);
	await page.keyboard.type("shop");
	await expect(chosen).toHaveAccessibleName("shop.example, alice");
	await page.keyboard.press("Control+a");
	await page.keyboard.press("Control+c"); // what is marked is what is meant
	await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("shop");
	await page.getByRole("button", { name: t("copy", { what: t("what_username") }), exact: true }).click();
	await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("alice");

	const login = loginOf("https://forum.example/", "alice", "correct horse");
	const values = [...login.content.values, { field: "totp", text: "JBSWY3DPEHPK3PXP" }];
	await person.ask("save", { content: { ...login.content, values } });
	const again = await opened(person);
	await page.keyboard.type("forum");
	await expect(again.chosen).toHaveAccessibleName("forum.example, alice");
	await page.keyboard.press("Control+o");
	await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\d{6}$/);
});

test("with ten thousand entries it opens within the frame in which its keys are pressed, in the page and in the popup", async ({
	person,
}) => {
	await person.createVault();
	await person.import(logins(10_000));
	for (const place of ["app", "popup"] as const) {
		const page = await person.browser.context.newPage();
		await page.goto(person.browser.address(place));
		await expect(person.button("nav_lock", {}, page)).toBeVisible();
		const { dialog, options } = await opened(person, page); // loaded from here on
		await page.keyboard.press("Escape");
		await expect(dialog).toBeHidden();
		await page.evaluate(watchFrame);
		await opened(person, page);
		await expect.poll(() => page.evaluate(() => globalThis.atFrame?.after)).toBeDefined();
		const seen = await page.evaluate(() => globalThis.atFrame);
		expect(seen, place).toMatchObject({ open: true, focused: true });
		console.log(
			`${place}: quick search over 10,000 entries drawn ${seen?.after.toFixed(1)} ms after its keys`,
		);
		await page.keyboard.type("site 9999");
		await expect(options).toHaveCount(1);
		await page.close();
	}
});

declare global {
	var atFrame: { open: boolean; focused: boolean; after: number } | undefined;
}

/** In the page: what stands there when the frame after the keys is drawn. */
function watchFrame(): void {
	const palette = document.querySelector("sg-shell")?.shadowRoot?.querySelector("sg-palette")?.shadowRoot;
	const look = (pressed: number) => {
		const options = palette?.querySelector("dialog[open]")?.querySelector("[role=option]");
		const focused = palette?.activeElement?.getAttribute("role") === "combobox";
		globalThis.atFrame = { open: Boolean(options), focused, after: performance.now() - pressed };
	};
	const pressed = ({ key, timeStamp }: KeyboardEvent) =>
		key === "k" && requestAnimationFrame(() => look(timeStamp));
	addEventListener("keydown", pressed, { capture: true });
}

test("what is found is gone once the vault locks, and locked it offers no entry", async ({ person }) => {
	const { page } = person;
	await person.createVault();
	await person.import(everyday());
	const { dialog, options } = await opened(person);
	await page.keyboard.type("bibl");
	await expect(options).toHaveCount(1);
	await person.ask("lock");
	await expect(dialog).toBeHidden();
	await expect(person.secret("unlock_password")).toBeFocused();
	await opened(person);
	await page.keyboard.type("bibl");
	await expect(options).toHaveCount(0);
});
