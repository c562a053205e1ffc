import { Danger } from "../rig/danger.ts";
import { expect, test } from "../rig/fixtures.ts";
import { Keyboard } from "../rig/keyboard.ts";

const TOPICS = ["confirm", "sync", "files", "filling", "codes", "operator", "keys"];

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`every topic of the help is one press away (${language})`, async ({ person }) => {
			const { page, t } = person;
			const keys = new Keyboard(page);
			const door = page.getByRole("link", { name: t("help_nav"), exact: true });
			await expect(person.heading("welcome_title")).toBeVisible();
			await keys.use(door);
			await keys.isAt(person.heading("help_index_title"));
			for (const topic of TOPICS) {
				await keys.use(person.button(`help_${topic}_title`));
				await keys.isAt(person.heading(`help_${topic}_title`));
				await expect(page.getByRole("listitem").or(page.getByRole("term")).first()).toBeVisible();
				await keys.use(page.getByRole("link", { name: t("help_back"), exact: true }));
				await keys.isAt(person.heading("help_index_title"));
			}
		});
	});
}

test("where a person wonders, the help is at hand: in the settings and on a danger page", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	await person.open("settings");
	const title = t("help_confirm_title");
	await page.getByRole("link", { name: t("help_more", { title }), exact: true }).click();
	await expect(person.heading("help_confirm_title")).toBeFocused();
	await expect(person.says("help_confirm_none_text")).toBeVisible();

	const danger = await Danger.from(person, "clear_this_device");
	const opens = person.browser.context.waitForEvent("page");
	await danger.page.getByRole("link", { name: t("help_about"), exact: true }).click();
	await expect(person.heading("help_confirm_title", {}, await opens)).toBeVisible();
	await expect(danger.heading("act_clear_this_device")).toBeVisible();
});

test("the help says which keys the browser has for Sigill", async ({ person }) => {
	const { page, t } = person;
	await page.goto(person.browser.address("app", "#help/keys"));
	const set = await page.evaluate(() => chrome.commands.getAll());
	const fill = set.find(({ name }) => name === "fill-login")?.shortcut || t("help_keys_unset");
	const row = page.locator("dl > div").filter({ hasText: t("help_keys_fill") });
	await expect(row.getByText(fill, { exact: true })).toBeVisible();
	await expect(page.getByText("Ctrl+K", { exact: true })).toBeVisible();
});
