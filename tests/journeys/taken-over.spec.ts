import { expect, test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import { RelyingParty } from "../rig/relying-party.ts";
import { ScriptWorld } from "../rig/script-world.ts";
import { SIGN_IN, sites } from "../rig/sites.ts";

const SECRET = "correct horse";
const SHOP = "https://shop.example/";
const EVIL = "https://evil.test/";

const slot = { kind: "password", maxLength: undefined, placeholder: "", choices: [] };
const FIELDS = [{ field: "password", slots: [slot] }];

/** So the background answers what is nothing for that page. */
const REFUSED = {};

test.beforeEach(async ({ person }) => {
	await person.createVault();
	await sites(person.browser.context, { [SHOP]: SIGN_IN, [EVIL]: SIGN_IN });
});

test("a page's process that was taken over gets no other site's login, whatever it says of itself", async ({
	person,
}) => {
	const id = await person.ask<string>("save", loginOf(SHOP, "alice", SECRET));
	const ask = { page: "fillings", id, fields: FIELDS };
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	expect(await (await ScriptWorld.of(page)).say(ask)).toEqual({ value: [[SECRET]] });
	await page.goto(EVIL);
	const evil = await ScriptWorld.of(page);
	const place = { url: SHOP, top: undefined };
	const lies = [{}, { place }, { asker: { place } }, { url: SHOP, origin: SHOP, host: "shop.example" }];
	for (const lie of lies) {
		for (const despite of [undefined, "in_clear", "framed", "elsewhere"]) {
			expect(await evil.say({ ...ask, despite, ...lie })).toEqual(REFUSED);
		}
	}
	expect(await evil.say({ page: "offers", kind: "login", place })).toMatchObject({ value: { items: [] } });
});

test("it speaks no word of our own pages, and a word that nobody knows is no word", async ({ person }) => {
	const id = await person.ask<string>("save", loginOf(SHOP, "alice", SECRET));
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const script = await ScriptWorld.of(page);
	for (const sigill of ["call", "here", "fill-here", "others-here", "pending-here", "look-up-leaks"]) {
		const words = { sigill, method: "list", args: [], id, kind: "login", prefix: "00000", ids: [] };
		expect(await script.say(words)).toBeUndefined();
	}
	for (const word of ["__proto__", "constructor", "toString", "item"]) {
		expect(await script.say({ page: word })).toBeUndefined();
	}
	for (const broken of [
		{ page: "fillings", id: 7, fields: "all" },
		{ page: "offers", kind: "everything" },
		{ page: "save" },
	]) {
		expect((await script.say(broken))?.value ?? false).toBe(false);
	}
	expect(await script.say({ page: "forms", description: "x".repeat(2_000_001) })).toEqual(REFUSED);
	expect(await script.say({ page: "atOnce" }), "switched off").toEqual(REFUSED);
	await person.has(1);
});

test("it reads and writes nothing that the extension keeps: no settings, no keys", async ({ person }) => {
	const page = await person.browser.context.newPage();
	await page.goto(EVIL);
	const evil = await ScriptWorld.of(page);
	const kept = await person.page.evaluate(() => chrome.storage.local.get());
	for (const area of ["local", "session"]) {
		await expect(evil.does(`chrome.storage.${area}.get()`)).rejects.toThrow(/access/i);
		const settings = JSON.stringify({ settings: { lockAfter: 0, fillAtOnce: true, service: EVIL } });
		await expect(evil.does(`chrome.storage.${area}.set(${settings})`)).rejects.toThrow(/access/i);
	}
	expect(await person.page.evaluate(() => chrome.storage.local.get())).toEqual(kept);
});

test("it signs by no passkey that another document waits for", async ({ person }) => {
	const site = await RelyingParty.open();
	const { context } = person.browser;
	const tab = await context.newPage();
	await tab.goto(site.origin);
	const opens = context.waitForEvent("page", (page) => page.url().includes("site-passkey"));
	await tab.getByRole("button", { name: "Register" }).click();
	await person.button("site_passkey_create", {}, await opens).click();
	await expect(tab.getByRole("status")).toHaveText("registered");
	await tab.goto(`${site.origin}/?beside`);
	const waiting = await ScriptWorld.of(tab);
	const offered = async () => (await waiting.say({ page: "waiting" }))?.value as object[];
	await expect.poll(async () => (await offered()).length).toBe(1);
	const [passkey] = await offered();
	const beside = await context.newPage();
	await beside.goto(site.origin);
	const other = await ScriptWorld.of(beside);
	expect(await other.say({ page: "waiting" })).toEqual({ value: [] });
	await other.say({ page: "sign", ...passkey });
	expect(await offered(), "it waits still").toEqual([passkey]);
	await waiting.say({ page: "sign", ...passkey });
	await expect(tab.getByRole("status")).toHaveText("signed in as anna");
	site.close();
});

test("what was sent is kept, or let go of, only as it was when the person was asked", async ({ person }) => {
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const script = await ScriptWorld.of(page);
	const send = async (password: string): Promise<number> => {
		await script.say({ page: "sent", kind: "sign_up", userName: "alice", password });
		const { value } = (await script.say({ page: "pending", asks: [] })) ?? {};
		return (value as { at: number }).at;
	};
	const first = await send("the first password");
	const second = await send("the second password");
	expect(await script.say({ page: "save", at: first })).toEqual({ value: false });
	await script.say({ page: "drop", at: first, forever: true });
	await person.has(0);
	const elsewhere = await person.browser.context.newPage();
	await elsewhere.goto(EVIL);
	expect(await (await ScriptWorld.of(elsewhere)).say({ page: "save", at: second })).toEqual({ value: false });
	expect(await script.say({ page: "save", at: second })).toEqual({ value: true });
	await person.has(1);
});
