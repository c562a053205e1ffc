import type { Page } from "@playwright/test";
import { test as base, expect } from "./fixtures.ts";
import type { Person } from "./person.ts";
import { RelyingParty } from "./relying-party.ts";

interface Web {
	site: RelyingParty;
	tab: Page;
}

export const test = base.extend<Web>({
	site: async ({ language: _ }, use) => {
		const site = await RelyingParty.open();
		await use(site);
		site.close();
	},
	/** A page of the site, whose person has a passkey there. */
	tab: async ({ person, site }, use) => {
		await person.createVault();
		const tab = await person.browser.context.newPage();
		await tab.goto(site.origin);
		const window = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
		await person.button("site_passkey_create", {}, window).click();
		await expect(tab.getByRole("status")).toHaveText("registered");
		await use(tab);
	},
});

/** The window that asks the person, once it stands there. */
export async function asking(person: Person, act: () => Promise<unknown>): Promise<Page> {
	const opens = person.browser.context.waitForEvent("page", (page) => page.url().includes("site-passkey"));
	await act();
	return opens;
}

export function windows(person: Person): Page[] {
	return person.browser.context.pages().filter((page) => page.url().includes("site-passkey"));
}
