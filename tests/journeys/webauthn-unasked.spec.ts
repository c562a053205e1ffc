import type { Page } from "@playwright/test";
import { expect } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";
import { asking, test, windows } from "../rig/site-passkeys.ts";

/** Has every page of the tab ask as soon as it is there, and write down that the browser was left to answer. */
async function asksAtOnce(tab: Page): Promise<void> {
	await tab.addInitScript(() => {
		CredentialsContainer.prototype.get = async () => {
			document.body.dataset["got"] = "the browser";
			return null;
		};
		const publicKey = { challenge: new Uint8Array(16), rpId: "localhost" };
		addEventListener("load", () => void navigator.credentials.get({ publicKey }));
	});
}

/** What holds in the page; asked as no press. Whatever the driver asks counts as one, and would be taken for the person's. */
async function holds(tab: Page, expression: string): Promise<void> {
	const session = await tab.context().newCDPSession(tab);
	await expect
		.poll(async () => (await session.send("Runtime.evaluate", { expression })).result.value, expression)
		.toBe(true);
	await session.detach();
}

async function reloads(tab: Page): Promise<void> {
	await holds(tab, "!navigator.userActivation.isActive"); // the last press is long ago
	await tab.reload();
}

/** The first window of a page that asks at once, while the vault is locked. */
async function firstAsked(person: Person, tab: Page): Promise<Page> {
	await person.lock();
	await asksAtOnce(tab);
	await tab.bringToFront();
	return asking(person, () => reloads(tab));
}

/** Before the person, and unpressed, it asks the browser only. */
async function isAskedNone(person: Person, tab: Page, why: string): Promise<void> {
	await tab.bringToFront();
	await reloads(tab);
	await isAnswered(tab);
	expect(windows(person), why).toEqual([]);
}

const isAnswered = (tab: Page) => holds(tab, 'document.body?.dataset.got === "the browser"');

test("while the vault is locked a page that nobody pressed opens no window from behind", async ({
	person,
	tab,
}) => {
	await person.lock();
	await asksAtOnce(tab);
	await person.page.bringToFront();
	await reloads(tab);
	await isAnswered(tab);
	expect(windows(person), "behind another tab").toEqual([]);
	await tab.bringToFront();
	const worker = await person.browser.worker();
	await worker.evaluate(() => {
		const known = chrome.windows.get.bind(chrome.windows);
		const get = async (id: number) => ({ ...(await known(id)), focused: false }); // a browser without a screen has no other in front
		Object.assign(chrome.windows, { get });
	});
	await reloads(tab);
	await isAnswered(tab);
	expect(windows(person), "in a window behind another").toEqual([]);
});

test("a page that opens itself anew, on and on, gets one window in a minute, and more only by a press", async ({
	person,
	tab,
}) => {
	const first = await firstAsked(person, tab);
	const closes = first.waitForEvent("close");
	await reloads(tab);
	await closes;
	await isAnswered(tab);
	expect(windows(person)).toEqual([]);

	const pressed = await asking(person, () => tab.getByRole("button", { name: "Sign in" }).click());
	await pressed.close();
	await isAskedNone(person, tab, "it was left unanswered");

	const worker = await person.browser.worker();
	await worker.evaluate(() => {
		const later = Date.now() + 60_000;
		Date.now = () => later;
	});
	await tab.bringToFront();
	await asking(person, () => reloads(tab));
});

test("a window that was closed without an answer, or went unseen, is followed by none in its tab", async ({
	person,
	tab,
}) => {
	const closed = await firstAsked(person, tab);
	await closed.close();
	await isAskedNone(person, tab, "closed");

	const worker = await person.browser.worker();
	await worker.evaluate(async () => {
		const [{ id: tab } = {}] = await chrome.tabs.query({ active: true, url: "http://localhost/*" });
		const row = {
			id: "unseen",
			tab,
			document: "",
			origin: "",
			words: "",
			conditional: false,
			window: 999_999,
		};
		await chrome.storage.session.remove(`quiet/${tab}`);
		await chrome.storage.session.set({ "asked/unseen": row });
	});
	await isAskedNone(person, tab, "unseen");
});

interface Row {
	readonly id: string;
	readonly tab: number;
	readonly document: string;
}

/** What waits. */
async function waiting(person: Person): Promise<Row[]> {
	const worker = await person.browser.worker();
	return worker.evaluate(async () => {
		const all = Object.entries(await chrome.storage.session.get<Record<string, Row>>(null));
		return all.filter(([key]) => key.startsWith("asked/")).map(([, row]) => row);
	});
}

/** Has these wait, too, in the words of the one that does. */
async function alsoWait(person: Person, rows: readonly Row[]): Promise<void> {
	const [known] = await waiting(person);
	const worker = await person.browser.worker();
	const all = rows.map((row) => [`asked/${row.id}`, { ...known, ...row }]);
	await worker.evaluate((entries) => chrome.storage.session.set(entries), Object.fromEntries(all));
}

/** A document at that address, whose script hears what it is asked and never says a word. */
async function mute(person: Person, url: string): Promise<Omit<Row, "id">> {
	const worker = await person.browser.worker();
	return worker.evaluate(async (pattern) => {
		const [{ id: tabId = 0 } = {}] = await chrome.tabs.query({ url: pattern });
		const func = () => chrome.runtime.onMessage.addListener(() => true);
		const [{ documentId: document = "" } = {}] = await chrome.scripting.executeScript({
			target: { tabId },
			func,
		});
		return { tab: tabId, document };
	}, url);
}

test("what no document waits for any longer leaves its place: where its tab is closed, and where all are taken", async ({
	person,
	site,
	tab,
}) => {
	await tab.goto(`${site.origin}/?beside`);
	await expect.poll(() => waiting(person)).toHaveLength(1);
	const other = await person.browser.context.newPage();
	await other.goto(site.origin);
	const dumb = await mute(person, "http://localhost/");
	await alsoWait(person, [{ ...dumb, id: "of a tab that closes" }]);
	await other.close();
	await expect.poll(() => waiting(person)).toHaveLength(1);

	await (await person.browser.context.newPage()).goto(site.origin);
	const silent = await mute(person, "http://localhost/");
	const gone = { tab: 999_999, document: "0".repeat(32) };
	await alsoWait(person, [
		...Array.from({ length: 40 }, (_, n) => ({ ...gone, id: `gone ${n}` })),
		...Array.from({ length: 7 }, (_, n) => ({ ...silent, id: `silent ${n}` })),
	]);
	const last = await person.browser.context.newPage();
	await last.goto(`${site.origin}/?beside`);
	await expect.poll(() => waiting(person)).toHaveLength(2);
});
