import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import { Guarded } from "../rig/guarded.ts";
import { loginOf } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

const WORDS = "alice:correct häst";
const ALICE = ["alice", "correct häst"] as const;

let guarded: Guarded;
test.beforeEach(async () => {
	guarded = await Guarded.start(WORDS);
});
test.afterEach(() => guarded.stop());

const windows = (person: Person): Page[] =>
	person.browser.context.pages().filter((page) => page.url().includes("http-sign-in.html"));

/** Goes there in a tab of its own; the page answers once somebody does. */
async function visit(person: Person, url = guarded.url): Promise<{ page: Page; arrived: Promise<unknown> }> {
	const page = await person.browser.context.newPage();
	return { page, arrived: page.goto(url).catch(() => undefined) };
}

async function window(person: Person): Promise<Page> {
	await expect.poll(() => windows(person).length).toBe(1);
	const [asks] = windows(person);
	if (!asks) throw new Error("no window asks");
	return asks;
}

test("a server that asks for a name and a password gets the login that the person chose", async ({
	person,
}) => {
	await person.createVault();
	await person.ask("save", loginOf(guarded.url, ...ALICE));
	const { page, arrived } = await visit(person);
	const asks = await window(person);
	await expect(asks.getByText("The archive")).toBeVisible();
	await expectAccessible(asks, "http-sign-in");
	expect(guarded.heard).toEqual([]);
	const closed = asks.waitForEvent("close");
	await asks.getByRole("button", { name: /alice/ }).click();
	await closed;
	await arrived;
	await expect(page.getByRole("heading", { name: "Inside" })).toBeVisible();
	expect(guarded.heard).toEqual([WORDS]);
});

test("a login that the server refuses is not offered to it again: the browser asks", async ({ person }) => {
	const other = await Guarded.start(WORDS);
	await person.createVault();
	await person.ask("save", loginOf(guarded.url, "alice", "an old password"));
	await person.ask("save", loginOf(other.url, ...ALICE));
	await visit(person);
	await (await window(person)).getByRole("button", { name: /alice/ }).click();
	await expect.poll(() => guarded.asked).toBe(2);
	// Whoever asks next has the only window.
	await visit(person, other.url);
	const asks = await window(person);
	await expect(asks.getByText(new URL(other.url).host)).toBeVisible();
	expect(guarded.heard).toEqual(["alice:an old password"]);
	await other.stop();
});

test("a window that is closed gives nothing away, and the next one is asked for again", async ({
	person,
}) => {
	await person.createVault();
	await person.ask("save", loginOf(guarded.url, ...ALICE));
	await visit(person);
	await (await window(person)).getByRole("button", { name: person.t("http_sign_in_browser") }).click();
	await expect.poll(() => windows(person).length).toBe(0);
	const { page } = await visit(person);
	await (await window(person)).getByRole("button", { name: /alice/ }).click();
	await expect(page.getByRole("heading", { name: "Inside" })).toBeVisible();
	expect(guarded.heard).toEqual([WORDS]);
});

test("a locked vault, and a site where the person wants no help, leave it to the browser", async ({
	person,
}) => {
	const [other, third] = [await Guarded.start(WORDS), await Guarded.start(WORDS)];
	await person.createVault();
	for (const { url } of [guarded, other, third]) await person.ask("save", loginOf(url, ...ALICE));
	await person.ask("lock");
	await visit(person);
	await expect.poll(() => guarded.asked).toBe(1);
	await person.unlock();
	await person.isOpen();
	await person.browser.set({ offSites: ["127.0.0.1"] });
	await visit(person, other.url);
	await expect.poll(() => other.asked).toBe(1);
	await person.browser.set({ offSites: [] });
	await visit(person, third.url);
	await expect((await window(person)).getByText(new URL(third.url).host)).toBeVisible();
	expect([...guarded.heard, ...other.heard]).toEqual([]);
	await other.stop();
	await third.stop();
});

test("a background that is killed while it asks gives nothing away, and the window says that nobody waits", async ({
	person,
}) => {
	await person.createVault();
	await person.ask("save", loginOf(guarded.url, ...ALICE));
	await visit(person);
	const asks = await window(person);
	await expect(asks.getByRole("button", { name: /alice/ })).toBeEnabled();
	await person.browser.killWorker();
	await expect(asks.getByRole("heading", { name: person.t("site_passkey_gone_title") })).toBeVisible();
	expect(guarded.heard).toEqual([]);
	const { page } = await visit(person);
	await expect.poll(() => windows(person).length).toBe(2);
	const again = windows(person).find((one) => one !== asks);
	await again?.getByRole("button", { name: /alice/ }).click();
	await expect(page.getByRole("heading", { name: "Inside" })).toBeVisible();
});

test("once the vault is locked the window is gone, and what a page sends is the browser's to ask for", async ({
	person,
}) => {
	const [other, third] = [await Guarded.start(WORDS), await Guarded.start(WORDS)];
	await person.createVault();
	for (const { url } of [guarded, other, third]) await person.ask("save", loginOf(url, ...ALICE));
	await visit(person);
	const asks = await window(person);
	const closed = asks.waitForEvent("close");
	await person.ask("lock");
	await closed;
	await person.unlock();
	await person.isOpen();
	const form = await person.browser.context.newPage();
	await form.setContent(`<form method="post" action="${other.url}"><button>Send</button></form>`);
	await form.getByRole("button").click({ noWaitAfter: true });
	await expect.poll(() => other.asked).toBe(1);
	await visit(person, third.url);
	await expect((await window(person)).getByText(new URL(third.url).host)).toBeVisible();
	expect([...guarded.heard, ...other.heard]).toEqual([]);
	await Promise.all([other.stop(), third.stop()]);
});

test("a page that goes from question to question gets one window, and none of them an answer", async ({
	person,
}) => {
	const others = [await Guarded.start(WORDS), await Guarded.start(WORDS)];
	await person.createVault();
	for (const { url } of [guarded, ...others]) await person.ask("save", loginOf(url, ...ALICE));
	const { page } = await visit(person);
	const asks = await window(person);
	const closed = asks.waitForEvent("close");
	for (const { url } of others) void page.goto(url).catch(() => undefined);
	await closed;
	await expect.poll(() => others.at(-1)?.asked).toBe(1);
	const last = await Guarded.start(WORDS);
	await person.ask("save", loginOf(last.url, ...ALICE));
	await visit(person, last.url); // another tab has nothing to do with it
	await expect((await window(person)).getByText(new URL(last.url).host)).toBeVisible();
	await Promise.all([...others, last].map((one) => one.stop()));
});

test("a window that was closed without an answer is followed by none in its tab", async ({ person }) => {
	const [next, last] = [await Guarded.start(WORDS), await Guarded.start(WORDS)];
	await person.createVault();
	for (const { url } of [guarded, next, last]) await person.ask("save", loginOf(url, ...ALICE));
	const { page } = await visit(person);
	await (await window(person)).close();
	void page.goto(next.url).catch(() => undefined);
	await expect.poll(() => next.asked).toBe(1);
	await visit(person, last.url); // whoever asks first has the only window
	await expect((await window(person)).getByText(new URL(last.url).host)).toBeVisible();
	await Promise.all([next, last].map((one) => one.stop()));
});

test("a tab that nobody looks at asks nobody: its question would come over what they do elsewhere", async ({
	person,
}) => {
	const other = await Guarded.start(WORDS);
	await person.createVault();
	for (const { url } of [guarded, other]) await person.ask("save", loginOf(url, ...ALICE));
	const behind = await person.browser.context.newPage();
	await person.page.bringToFront();
	void behind.goto(guarded.url).catch(() => undefined);
	await expect.poll(() => guarded.asked).toBe(1);
	await visit(person, other.url); // whoever asks first has the only window
	await expect((await window(person)).getByText(new URL(other.url).host)).toBeVisible();
	expect([...guarded.heard, ...other.heard]).toEqual([]);
	await other.stop();
});
