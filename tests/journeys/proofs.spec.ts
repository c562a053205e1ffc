import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { Browser } from "../rig/browser.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { MOMENTS, type Moment, NOT_LINKED, PASSWORD_STEP } from "../rig/moments.ts";
import { answering, askedBy, failing, loss, OFF, scene } from "../rig/scenes.ts";
import { texts } from "../rig/texts.ts";

const test = base.extend<{ theme: "light" | "dark"; browser_: Browser }>({
	theme: ["light", { option: true }],
	browser_: async ({ language, theme }, use) => {
		const browser = await Browser.open("A", { language, theme });
		await use(browser);
		await browser.close();
	},
});

const t = texts("en");
const button = (page: Page, key: string) => page.getByRole("button", { name: t(key), exact: true });
const heading = (page: Page, key: string) => page.getByRole("heading", { name: t(key), exact: true });
const password = (page: Page) => page.getByLabel(t("connect_password"), { exact: true });

function open(browser: Browser, { place, hash, answers }: Moment, more = {}): Promise<Page> {
	return scene(browser, place, hash, { ...answers, ...more });
}

function* inFives(moments: readonly Moment[]): Generator<readonly Moment[]> {
	for (let at = 0; at < moments.length; at += 5) yield moments.slice(at, at + 5);
}

for (const theme of ["light", "dark"] as const) {
	test.describe(() => {
		test.use({ theme });
		for (const some of inFives(MOMENTS)) {
			const names = some.map(({ name }) => name).join(", ");
			test(`axe finds nothing in ${names} (${theme})`, async ({ browser_ }) => {
				for (const moment of some) {
					const page = await open(browser_, moment);
					await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
					await expectAccessible(page, moment.name);
					await page.close();
				}
			});
		}
	});
}

test("S9: the password step says how far it reaches and which password it is not", async ({ browser_ }) => {
	const page = await open(browser_, PASSWORD_STEP);
	await expect(heading(page, "password_title")).toBeVisible();
	await expect(page.getByText(t("password_clear_text"), { exact: true })).toBeVisible();
	await expect(password(page)).toBeFocused();
	await expect(page.getByRole("textbox", { name: t("code_label") })).toHaveCount(0);
});

test("S12: a wrong account password is named so, with the tries that are left", async ({ browser_ }) => {
	const page = await open(browser_, PASSWORD_STEP, { prove: failing("proof_rejected", 4) });
	await password(page).fill("not the account password");
	await button(page, "act_clear_this_device").click();
	await expect(page.getByText(t("password_wrong_other", { n: 4 }))).toBeVisible();
	expect(await askedBy(page)).toContain("prove");
});

test("an account password that opens the vault is not sent", async ({ browser_ }) => {
	const page = await open(browser_, PASSWORD_STEP, { isMasterPassword: true });
	await password(page).fill("the master password");
	await button(page, "act_clear_this_device").click();
	await expect(page.getByText(t("password_is_master"))).toBeVisible();
	expect(await askedBy(page)).not.toContain("prove");
});

test("S10: what sync off rules out says so, and the way is to turn it on", async ({ browser_ }) => {
	const needs = { kind: "refused", reason: "sync_is_off" } as const;
	for (const act of ["replace_cloud", "clear_everywhere"] as const) {
		const page = await scene(browser_, "danger", `#${act}`, { status: OFF, loss: loss({ act }, needs) });
		await expect(heading(page, `act_${act}`)).toBeVisible();
		await expect(page.getByText(t("refused_sync_is_off"))).toBeVisible();
		await expect(button(page, "send_code")).toHaveCount(0);
		await button(page, "act_turn_sync_on").click();
		await expect(page.getByRole("button", { name: t("keep_everything") })).toBeVisible();
		await page.close();
	}
});

test("S16: without an account password the page says why before anything can be typed", async ({
	browser_,
}) => {
	const page = await open(browser_, NOT_LINKED);
	await expect(heading(page, "not_linked_title")).toBeVisible();
	await expect(page.getByText(t("not_linked_text", { provider: "Example" }))).toBeVisible();
	await expect(button(page, "not_linked_choose")).toBeVisible();
	await expect(page.locator("input")).toHaveCount(0);
	expect(await askedBy(page)).not.toContain("ask");
});

test("S24: the page that waits goes on by itself once the account has a password", async ({ browser_ }) => {
	const page = await open(browser_, NOT_LINKED);
	await expect(heading(page, "not_linked_title")).toBeVisible();
	await answering(page, { loss: loss({ act: "clear_this_device" }) });
	await expect(heading(page, "not_linked_done_title")).toBeVisible();
	await expect(button(page, "send_code")).toBeVisible();
	expect(await askedBy(page)).not.toContain("ask");
});
