import type { Page } from "@playwright/test";
import { expect, test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";
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

interface Remembered {
	readonly tab: number;
	readonly url: string;
	readonly userName: string;
	readonly password: string;
}

/** What lies there of what was sent. */
async function remembered(person: Person): Promise<Remembered[]> {
	const worker = await person.browser.worker();
	return worker.evaluate(async () => {
		const all = Object.entries(await chrome.storage.session.get<Record<string, object>>(null));
		const rows = all.filter(([key]) => key.startsWith("sent/"));
		return rows.map(([key, row]) => ({ ...(row as Remembered), tab: Number(key.slice("sent/".length)) }));
	});
}

const SENT = { page: "sent", kind: "sign_in", userName: "alice", password: SECRET };

test("what it says was sent is kept within bounds: no longer than anybody types, without a query, of so many tabs", async ({
	person,
}) => {
	const endless = `${SHOP}${"a".repeat(2048)}`;
	await sites(person.browser.context, { [SHOP]: SIGN_IN, [endless]: SIGN_IN });
	const page = await person.browser.context.newPage();
	await page.goto(endless);
	await (await ScriptWorld.of(page)).say(SENT);
	expect(await remembered(person), "a long address").toEqual([]);
	await page.goto(`${SHOP}?next=${"a".repeat(2048)}`);
	const script = await ScriptWorld.of(page);
	for (const lie of [
		{ userName: "a".repeat(1025) },
		{ password: "a".repeat(4097) },
		{ replaced: "a".repeat(4097) },
		{ kind: "a".repeat(33) },
		{ password: ["a".repeat(4097)] },
		{ page: "named", userName: "a".repeat(1025) },
	]) {
		await script.say({ ...SENT, ...lie });
		expect(await remembered(person), Object.keys(lie).join()).toEqual([]);
	}
	const worker = await person.browser.worker();
	await worker.evaluate(async () => {
		const row = { url: "https://a.example/", userName: "a", password: "a", kind: "sign_in" };
		for (let n = 0; n < 64; n += 1)
			await chrome.storage.session.set({ [`sent/${900_000 + n}`]: { ...row, at: Date.now() - 1000 + n } });
	});
	await script.say({ ...SENT, userName: "a".repeat(1024), password: "a".repeat(4096) });
	const rows = await remembered(person);
	expect(rows).toHaveLength(64);
	expect(rows.map(({ tab }) => tab)).not.toContain(900_000);
	expect(rows.filter(({ url }) => url === SHOP)).toHaveLength(1);
});

test("what was sent lies there no longer than ten minutes, nor than its tab is open, locked or not", async ({
	person,
}) => {
	const open = async (): Promise<Page> => {
		const page = await person.browser.context.newPage();
		await page.goto(SHOP);
		await (await ScriptWorld.of(page)).say(SENT);
		return page;
	};
	const [, closed] = [await open(), await open()];
	expect(await remembered(person)).toHaveLength(2);
	await closed.close();
	await expect.poll(() => remembered(person)).toHaveLength(1);
	await person.ask("lock");
	expect(await remembered(person), "it can be saved once the vault is open").toHaveLength(1);
	const worker = await person.browser.worker();
	await worker.evaluate(() => {
		const later = Date.now() + 10 * 60_000;
		Date.now = () => later;
		const { onAlarm } = chrome.alarms as unknown as { onAlarm: { dispatch: (alarm: object) => void } };
		onAlarm.dispatch({ name: "tick", scheduledTime: later });
	});
	await expect.poll(() => remembered(person)).toEqual([]);
});

test("a later page of another site is told that something waits, not whose, nor whether the vault knows them; and bars nothing", async ({
	person,
}) => {
	const www = "https://www.shop.example/";
	await sites(person.browser.context, { [SHOP]: SIGN_IN, [www]: SIGN_IN, [EVIL]: SIGN_IN });
	await person.ask("save", loginOf(SHOP, "alice", "an old password"));
	const page = await person.browser.context.newPage();
	const goTo = async (url: string): Promise<ScriptWorld> => {
		await page.goto(url);
		return ScriptWorld.of(page);
	};
	const pending = async (script: ScriptWorld) =>
		(await script.say({ page: "pending", asks: [] }))?.value as { at: number };
	await (await goTo(SHOP)).say(SENT);
	const evil = await goTo(EVIL);
	const told = await pending(evil);
	const nobody = { host: "shop.example", userName: "", name: "", isOfSite: false };
	expect(told).toEqual({ ...nobody, at: expect.any(Number), savable: "new" });
	await evil.say({ page: "drop", at: told.at, forever: true });
	const own = { host: "shop.example", userName: "alice", name: "shop.example", isOfSite: true };
	expect(await pending(await goTo(www))).toMatchObject({ ...own, savable: "update" });
	await person.ask("lock");
	expect(await pending(await goTo(EVIL))).toMatchObject({ ...nobody, savable: "locked" });
});

test("a frame is told nothing of what was sent, saves nothing and drops nothing", async ({ person }) => {
	await sites(person.browser.context, { [SHOP]: `<iframe src="${EVIL}"></iframe>`, [EVIL]: SIGN_IN });
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const script = await ScriptWorld.of(page);
	await script.say(SENT);
	const pending = { page: "pending", asks: [] };
	const before = await script.say(pending);
	expect(before).toMatchObject({ value: { userName: "alice" } });
	const { at } = (before?.value ?? {}) as { at?: number };
	const inside = page.frames().find((frame) => frame.url() === EVIL);
	if (!inside) throw new Error("there is no frame");
	const frame = await ScriptWorld.of(inside);
	expect(await frame.say(pending)).toEqual(REFUSED);
	expect(await frame.say({ page: "save", at })).toEqual(REFUSED);
	expect(await frame.say({ page: "drop", at, forever: false })).toEqual(REFUSED);
	expect(await script.say(pending)).toEqual(before);
	await person.has(0);
});

/** What a page's script says when it is asked for a passkey. */
const asking = (mediation: "conditional" | "optional") => ({
	sigill: "site-passkey-ask",
	words: JSON.stringify({ act: "get", mediation, options: { challenge: "AAAA", rpId: "localhost" } }),
});

test("a tab that stands behind another opens no passkey window, though its script says that somebody pressed", async ({
	person,
}) => {
	const site = await RelyingParty.open();
	const tab = await person.browser.context.newPage();
	await tab.goto(site.origin);
	const script = await ScriptWorld.of(tab);
	await person.ask("lock");
	await person.page.bringToFront();
	const lie = { ...asking("optional"), occasion: "acted" };
	expect(await script.say(lie)).toEqual({ way: "elsewhere" });
	await tab.bringToFront();
	expect(await script.say(lie)).toMatchObject({ way: "wait" });
	site.close();
});

test("a frame that names more pages around it than there can be is not remembered", async ({ person }) => {
	const site = await RelyingParty.open();
	const tab = await person.browser.context.newPage();
	await tab.goto(`http://evil.localhost:${site.port}/`);
	await tab.evaluate((source) => {
		const frame = document.createElement("iframe");
		frame.src = source;
		document.body.append(frame);
		return new Promise((loaded) => frame.addEventListener("load", loaded));
	}, site.origin);
	const inside = tab.frames().find((frame) => frame.url().startsWith(site.origin));
	if (!inside) throw new Error("there is no frame");
	await person.ask("lock");
	const frame = await ScriptWorld.of(inside);
	const around = (count: number) => ({
		...asking("conditional"),
		occasion: "first",
		around: Array(count).fill(site.origin),
	});
	expect(await frame.say(around(17))).toEqual({ way: "elsewhere" });
	expect(await frame.say(around(16))).toMatchObject({ way: "wait" });
	site.close();
});
