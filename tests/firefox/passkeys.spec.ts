import { test as base, expect } from "../rig/firefox-fixtures.ts";
import { RelyingParty } from "../rig/relying-party.ts";

const test = base.extend<{ site: RelyingParty }>({
	site: async ({ language: _ }, use) => {
		const site = await RelyingParty.open();
		await use(site);
		site.close();
	},
});

test("a site's passkey is made and signs, asked for in a window of its own", async ({ person, site }) => {
	const { context } = person.browser;
	await person.createVault();
	const tab = await context.newPage();
	await tab.goto(site.origin);
	const said = tab.getByRole("status");

	const making = context.waitForEvent("page");
	await tab.getByRole("button", { name: "Register" }).click();
	await person.button("site_passkey_create", {}, await making).click();
	await expect(said).toHaveText("registered");

	const signing = context.waitForEvent("page");
	await tab.getByRole("button", { name: "Sign in" }).click();
	await (await signing).getByRole("listitem").getByRole("button").filter({ hasText: "anna" }).click();
	await expect(said).toHaveText("signed in as anna");
});
