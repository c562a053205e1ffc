import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";
import { flags } from "../../tools/browser.mjs";
import { chromium } from "../../tools/machine.mjs";
import { startService, testService } from "../../tools/service.mjs";
import { expectAccessible } from "../rig/axe.ts";
import { Device } from "../rig/device.ts";
import { Provider } from "../rig/provider.ts";
import { type Texts, texts } from "../rig/texts.ts";

interface Rig {
	service: { url: string; provider: Provider };
}

let port = 8_900;

const test = base.extend<Rig>({
	service: async ({}, use, { workerIndex }) => {
		port += 1;
		const address = `127.0.0.1:${port + workerIndex * 100}`;
		const url = `http://${address}`;
		const folder = mkdtempSync(join(tmpdir(), "sigill-portal-"));
		const provider = await Provider.start(`${url}/portal/back/example`);
		const running = await startService(await testService(), {
			address,
			flags: ["--dev"],
			log: process.env["SIGILL_TEST_LOG"] ? "inherit" : "ignore",
			env: {
				SIGILL_DATABASE_URL: `sqlite://${join(folder, "sigill.db")}?mode=rwc`,
				SIGILL_SECRETS_DIR: join(folder, "secrets"),
				SIGILL_OIDC_PROVIDERS: provider.settings("example"),
			},
		});
		await use({ url, provider });
		await running.stop();
		provider.stop();
		rmSync(folder, { recursive: true, force: true });
	},
});

const path = chromium();
test.use({
	launchOptions: {
		...(path && { executablePath: path }),
		args: flags.filter((flag) => !/extension/i.test(flag)),
	},
});

/** The newest code that was mailed. */
async function mailed(url: string): Promise<string> {
	let code: string | undefined;
	await expect
		.poll(async () => {
			const mails: { text: string }[] = await (await fetch(`${url}/dev/inbox.json`)).json();
			code = mails[0]?.text.match(/^\s+(\d{4} \d{4})$/m)?.[1];
			return code;
		})
		.toBeDefined();
	return code ?? "";
}

/** From a device that is not linked to one that is; `look` sees every page on the way. */
async function wholeWay(
	{ page, service, t }: { page: Page; service: Rig["service"]; t: Texts },
	look: (name: string) => Promise<void>,
): Promise<void> {
	const language = t("portal_password") === "Account password" ? "en" : "sv";
	const press = (key: string, params = {}) => page.getByRole("button", { name: t(key, params) }).click();
	const device = await Device.at(service.url);
	const begun = await device.post("/v1/sign-ins", { provider: "example", device_name: "Laptop", language });
	await page.goto(String(begun["url"]));
	await expect(page.getByText((begun["words"] as string[]).join(" "))).toBeVisible();
	await look("device");
	await press("portal_sign_in_with", { provider: "Example" });
	await service.provider.signIn(page, "asa");
	await expect(page.getByText(t("portal_device_done", { device: "Laptop" }))).toBeVisible();
	await look("device-done");
	const progress = await device.post(`/v1/sign-ins/${begun["sign_in"]}/session`);
	device.access = (progress["session"] as { access_token: string }).access_token;

	const hint = await device.post("/v1/portal-hints", { place: "choose_password" });
	await page.goto(String(hint["url"]));
	await look("hint");
	await press("portal_hint_go", { device: "Laptop" });
	await look("sign-in");
	await press("portal_sign_in_with", { provider: "Example" });
	// The provider knows the browser, and may send it straight back.
	await page.waitForURL(/\/portal\/terms|interaction/);
	if (page.url().includes("interaction")) await service.provider.signIn(page, "asa");
	await look("terms");
	await page.getByLabel(t("portal_region")).selectOption("eu");
	await page.getByLabel(t("portal_terms_accept")).check();
	await press("portal_terms_button");
	await look("again");
	await press("portal_sign_in_again", { provider: "Example" });
	await service.provider.signIn(page, "asa");
	await expect(page.getByLabel(t("portal_email"))).toHaveValue("asa@example.com");
	await look("mail");
	await press("portal_password_mail_button");
	await look("code");
	await page.getByLabel(t("portal_code")).fill("0000 0000");
	await press("portal_code_button");
	await expect(page.getByRole("alert")).toHaveText(t("portal_trouble_code_other", { n: 4 }));
	await look("code-wrong");
	await page.getByLabel(t("portal_code")).fill(await mailed(service.url));
	await press("portal_code_button");
	await look("choose");
	for (const key of ["portal_new_password", "portal_new_password_again"])
		await page.getByLabel(t(key)).fill("ett långt kontolösenord");
	await press("portal_save");
	await expect(page.getByText(t("portal_password_go_back", { device: "Laptop" }))).toBeVisible();
	await look("linked");
	for (const [place, key] of [
		["account", "portal_account_title"],
		["devices", "portal_devices_title"],
		["waiting", "portal_waiting_title"],
		["undo", "portal_undo_title"],
		["two-factor", "portal_factors_title"],
		["providers", "portal_providers_title"],
		["timeline-locked", "timeline_title"],
	] as const) {
		await page.getByRole("link", { name: t(key), exact: true }).click();
		await expect(page.getByRole("heading", { level: 1 })).toHaveText(t(key));
		await look(place);
	}
	await protections({ page, t }, look);
}

/** What the portal turns on, off or over, as far as a new account may go: a hold runs. */
async function protections(
	{ page, t }: { page: Page; t: Texts },
	look: (name: string) => Promise<void>,
): Promise<void> {
	const press = (key: string) => page.getByRole("button", { name: t(key), exact: true }).click();
	const go = (key: string) => page.getByRole("link", { name: t(key), exact: true }).click();
	await page.getByLabel(t("portal_password"), { exact: true }).fill("ett långt kontolösenord");
	await press("portal_operation_password");
	await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(
		t("timeline_event_timeline_opened"),
	);
	await look("timeline");
	await go("portal_data_title");
	await look("data");
	await go("portal_delete_link");
	await look("delete");
	await press("portal_delete_on");
	await expect(page.getByRole("alert")).toContainText("UTC");
	await look("held");
	await go("portal_factors_title");
	await press("portal_factors_add_authenticator");
	await expect(page.getByRole("img", { name: t("portal_enrol_picture") })).toBeVisible();
	await expect(page.getByRole("listitem")).toHaveCount(10);
	await look("authenticator");
	await go("portal_account_title");
	await go("portal_email_title");
	await look("email");
	await go("portal_account_title");
	await go("portal_another_password_title");
	await look("password");
}

test("S20–S23: without scripts, from a provider's account to one with a password", async ({
	browser,
	service,
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: "en" });
	const page = await context.newPage();
	await wholeWay({ page, service, t: texts("en") }, async () => {});
	await context.close();
});

// A theme changes colours and a language changes words: either once is both.
for (const [colorScheme, language] of [
	["light", "en"],
	["dark", "sv"],
] as const) {
	test(`axe finds nothing on any page of the portal (${colorScheme}, ${language})`, async ({
		browser,
		service,
	}) => {
		test.setTimeout(180_000);
		const context = await browser.newContext({ colorScheme, locale: language });
		const page = await context.newPage();
		const folder = process.env["SIGILL_SCREENS"];
		await wholeWay({ page, service, t: texts(language) }, async (name) => {
			await expectAccessible(page, name);
			if (folder)
				await page.screenshot({
					path: join(folder, `${name}-${colorScheme}-${language}.png`),
					fullPage: true,
				});
		});
		await context.close();
	});
}
