import type { Page } from "@playwright/test";
import { Authenticator } from "../rig/authenticator.ts";
import { expectAccessible } from "../rig/axe.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { Overlay } from "../rig/overlay.ts";
import type { Person } from "../rig/person.ts";
import { RelyingParty } from "../rig/relying-party.ts";

interface Web {
	site: RelyingParty;
	/** A page of the site in a tab of its own. */
	tab: Page;
}

const test = base.extend<Web>({
	site: async ({ language: _ }, use) => {
		const site = await RelyingParty.open();
		await use(site);
		site.close();
	},
	tab: async ({ person, site }, use) => {
		const tab = await person.browser.context.newPage();
		await tab.goto(site.origin);
		await use(tab);
	},
});

test.beforeEach(async ({ person }) => {
	await person.createVault();
});

/** The window that asks the person, once it stands there. */
async function asking(person: Person, act: () => Promise<unknown>): Promise<Page> {
	const opens = person.browser.context.waitForEvent("page", (page) => page.url().includes("site-passkey"));
	await act();
	return opens;
}

function windows(person: Person): Page[] {
	return person.browser.context.pages().filter((page) => page.url().includes("site-passkey"));
}

async function press(person: Person, window: Page, key: string, params = {}): Promise<void> {
	await closing(window, () => person.button(key, params, window).click());
}

/** Does what ends the window, which may be gone before that is over. */
async function closing(window: Page, act: () => Promise<void>): Promise<void> {
	const closes = window.waitForEvent("close");
	await act().catch((thrown) => {
		if (!window.isClosed()) throw thrown;
	});
	await closes;
}

const said = (tab: Page) => tab.getByRole("status");

async function register(person: Person, tab: Page): Promise<void> {
	const window = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await press(person, window, "site_passkey_create");
	await expect(said(tab)).toHaveText("registered");
}

/** The button of an account that may sign in. */
function account(window: Page, name: string) {
	return window.getByRole("listitem").getByRole("button").filter({ hasText: name });
}

async function signIn(person: Person, tab: Page): Promise<void> {
	const window = await asking(person, () => tab.getByRole("button", { name: "Sign in" }).click());
	await closing(window, () => account(window, "anna").click());
	await expect(said(tab)).toHaveText("signed in as anna");
}

/** So many minutes later, for the background. */
async function later(person: Person, minutes: number): Promise<void> {
	const worker = await person.browser.worker();
	await worker.evaluate((milliseconds) => {
		const real = Date.now;
		Date.now = () => real() + milliseconds;
	}, minutes * 60_000);
}

test("a passkey is created and signs in, verified by a library that is not ours", async ({
	person,
	site,
	tab,
}) => {
	const window = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await expect(person.heading("site_passkey_create_title", { rp: "localhost" }, window)).toBeVisible();
	await expect(window.getByText("anna of the site")).toBeVisible();
	await expect(person.says("site_passkey_asks", { host: `localhost:${site.port}` }, window)).toBeVisible();
	await expectAccessible(window, "site-passkey-create");
	await press(person, window, "site_passkey_create");
	await expect(said(tab)).toHaveText("registered");
	expect(site.registration?.registrationInfo).toMatchObject({
		fmt: "none",
		userVerified: true,
		credentialDeviceType: "multiDevice",
		credentialBackedUp: true,
		credential: { counter: 0, transports: ["hybrid", "internal"] },
	});

	await signIn(person, tab);
	expect(site.authentication?.authenticationInfo).toMatchObject({
		userVerified: true,
		newCounter: 0,
		origin: site.origin,
		rpID: "localhost",
	});
	await tab.reload();
	await signIn(person, tab);
	await person.open("vault");
	await expect(person.page.getByRole("link", { name: /^A site/ })).toBeVisible();
});

test("a passkey joins the login of its user, and the site hears that it is there already", async ({
	person,
	site,
	tab,
}) => {
	await person.open("vault");
	await person.begin("login");
	await person.field("field_name").fill("Min sajt");
	await person.field("item_username").fill("anna");
	await person.page.getByRole("textbox", { name: person.t("custom_url"), exact: true }).fill(site.origin);
	await person.button("save").click();
	await expect(person.page.getByRole("heading", { name: "Min sajt", exact: true })).toBeVisible();

	const window = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await expect(window.getByText("Min sajt", { exact: true })).toBeVisible();
	await press(person, window, "site_passkey_create");
	await expect(said(tab)).toHaveText("registered");
	await expect(person.says("item_passkey")).toBeVisible();

	const again = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await expect(person.heading("site_passkey_held_title", {}, again)).toBeVisible();
	await press(person, again, "site_passkey_held_tell");
	await expect(said(tab)).toHaveText("InvalidStateError");
});

test("a worker that the browser stopped while the person thought has lost nothing", async ({
	person,
	tab,
}) => {
	const window = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await expect(person.button("site_passkey_create", {}, window)).toBeEnabled();
	await person.browser.killWorker();
	await press(person, window, "site_passkey_create");
	await expect(said(tab)).toHaveText("registered");
	await signIn(person, tab);
});

test("a page that waits is offered in the popup, and the chosen passkey signs in", async ({
	person,
	site,
	tab,
}) => {
	await register(person, tab);
	await tab.goto(`${site.origin}/?beside`);
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	await tab.bringToFront();
	await popup.reload();
	const offer = popup.getByRole("region", {
		name: person.t("site_passkey_offered", { host: "localhost" }),
	});
	await expect(offer).toBeVisible();
	expect(windows(person), "nothing opens before somebody chooses").toEqual([]);
	await offer.getByRole("button", { name: "anna" }).click();
	await expect(said(tab)).toHaveText("signed in as anna");
});

test("a page that waits is offered beside its field, and the passkey pressed there signs in", async ({
	person,
	site,
	tab,
}) => {
	await register(person, tab);
	await tab.goto(`${site.origin}/?beside`);
	await tab.getByLabel("User").fill("");
	const overlay = new Overlay(tab);
	await tab.getByLabel("User").click();
	await overlay.press("menuitem", new RegExp(`anna.*${person.t("inpage_passkey")}`));
	await expect(said(tab)).toHaveText("signed in as anna");
	expect(windows(person)).toEqual([]);
});

test("a vault that was opened long ago is opened anew before anything is signed", async ({
	person,
	site,
	tab,
}) => {
	await register(person, tab);
	await later(person, 10);
	const window = await asking(person, () => tab.getByRole("button", { name: "Sign in" }).click());
	await account(window, "anna").click();
	await expect(person.heading("site_passkey_verify_title", {}, window)).toBeVisible();
	await expectAccessible(window, "site-passkey-verify");
	await person.secret("unlock_password", window).fill("not that one");
	await person.button("site_passkey_sign_in", {}, window).click();
	await expect(person.says("error_wrong_master_password", {}, window)).toBeVisible();
	await person.secret("unlock_password", window).fill(person.master);
	await press(person, window, "site_passkey_sign_in");
	await expect(said(tab)).toHaveText("signed in as anna");
	expect(site.authentication?.authenticationInfo.userVerified).toBe(true);

	site.verification = "discouraged";
	await later(person, 10);
	await signIn(person, tab);
	expect(site.authentication?.authenticationInfo.userVerified, "nobody was verified").toBe(false);
});

test("a locked vault is opened first; closed in its stead, the browser's own passkeys answer", async ({
	person,
	tab,
}) => {
	await register(person, tab);
	await person.lock();
	const window = await asking(person, () => tab.getByRole("button", { name: "Sign in" }).click());
	await expect(person.heading("site_passkey_locked_title", {}, window)).toBeVisible();
	await expectAccessible(window, "site-passkey-locked");
	await person.secret("unlock_password", window).fill(person.master);
	await person.button("unlock_submit", {}, window).click();
	await account(window, "anna").click();
	await expect(said(tab)).toHaveText("signed in as anna");

	const authenticator = await Authenticator.of(tab);
	await person.page.bringToFront();
	await person.lock();
	await tab.bringToFront(); // the browser asks on behalf of what is looked at
	const shut = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await expect(person.heading("site_passkey_locked_title", {}, shut)).toBeVisible();
	await shut.close();
	await expect(said(tab)).toHaveText("registered");
	expect(await authenticator.count(), "the browser made it").toBe(1);
});

test("something else, a site that is never asked on, and passkeys that are off are the browser's", async ({
	person,
	tab,
}) => {
	const authenticator = await Authenticator.of(tab);
	const button = tab.getByRole("button", { name: "Register" });
	const user = tab.getByLabel("User");
	const window = await asking(person, () => button.click());
	await press(person, window, "site_passkey_elsewhere");
	await expect(said(tab)).toHaveText("registered");
	expect(await authenticator.count()).toBe(1);

	await user.fill("bo");
	const host = "localhost";
	const never = await asking(person, () => button.click());
	await press(person, never, "site_passkey_never", { host });
	await expect(said(tab)).toHaveText("registered");
	expect(await authenticator.count()).toBe(2);

	await user.fill("cecilia");
	await button.click();
	await expect(said(tab)).toHaveText("registered");
	expect(await authenticator.count()).toBe(3);
	expect(windows(person)).toEqual([]);

	await person.open("settings");
	await person.button("settings_site_passkeys_again", { host }).click();
	await user.fill("david");
	await register(person, tab);
	expect(await authenticator.count()).toBe(3);

	await person.page.getByLabel(person.t("settings_site_passkeys")).selectOption("off");
	await expect(person.says("settings_saved")).toBeVisible();
	await tab.bringToFront();
	await authenticator.forget(); // it has room for three
	await user.fill("erik");
	await button.click();
	await expect(said(tab)).toHaveText("registered");
	expect(await authenticator.count()).toBe(1);
});

test("closed without a word it is a no, and the page can take it back", async ({ person, tab }) => {
	const window = await asking(person, () => tab.getByRole("button", { name: "Register" }).click());
	await expect(person.button("site_passkey_create", {}, window)).toBeEnabled();
	await window.close();
	await expect(said(tab)).toHaveText("NotAllowedError");

	await tab.evaluate(() => {
		const stop = new AbortController();
		Object.assign(window, { stop, act: () => begin() });
		const begin = () => {
			const publicKey = { challenge: new Uint8Array(16), rpId: "localhost" };
			const user = { id: new Uint8Array([1]), name: "x", displayName: "x" };
			const pubKeyCredParams = [{ type: "public-key" as const, alg: -7 }];
			const made = { ...publicKey, rp: { name: "x" }, user, pubKeyCredParams };
			navigator.credentials.create({ signal: stop.signal, publicKey: made }).catch((thrown) => {
				document.body.dataset["thrown"] = thrown.name;
			});
		};
	});
	const other = await asking(person, () => tab.getByRole("button", { name: "Act" }).click());
	const closes = other.waitForEvent("close");
	await tab.evaluate(() => (window as unknown as { stop: AbortController }).stop.abort());
	await closes;
	await expect(tab.locator("body")).toHaveAttribute("data-thrown", "AbortError");
});

test.describe("in Swedish and in the dark", () => {
	test.use({ language: "sv" });

	test("a passkey is created and used by the keyboard alone", async ({ person, tab }) => {
		await person.browser.set({ theme: "dark" });
		await tab.getByRole("button", { name: "Register" }).focus();
		const window = await asking(person, () => tab.keyboard.press("Enter"));
		await expect(person.button("site_passkey_create", {}, window)).toBeEnabled();
		await expectAccessible(window, "site-passkey-create-sv-dark");
		await window.keyboard.press("Tab");
		await expect(person.button("site_passkey_create", {}, window)).toBeFocused();
		await closing(window, () => window.keyboard.press("Enter"));
		await expect(said(tab)).toHaveText("registered");

		await tab.getByRole("button", { name: "Sign in" }).focus();
		const other = await asking(person, () => tab.keyboard.press("Enter"));
		await expect(account(other, "anna")).toBeEnabled();
		await expectAccessible(other, "site-passkey-get-sv-dark");
		await other.keyboard.press("Tab");
		await expect(account(other, "anna")).toBeFocused();
		await closing(other, () => other.keyboard.press("Enter"));
		await expect(said(tab)).toHaveText("signed in as anna");
	});
});
