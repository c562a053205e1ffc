import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { Browser } from "../rig/browser.ts";
import { sealed } from "../rig/evidence.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { Person } from "../rig/person.ts";

/** What an intruder would ask for: to look, to write, to destroy. */
const KNOCKS = [
	{ sigill: "call", method: "status", args: [] },
	{ sigill: "call", method: "list", args: [{ text: "", scope: { of: "all" }, from: 0, count: 9 }] },
	{ sigill: "call", method: "health", args: [] },
	{ sigill: "look-up-leaks", prefix: "00000", ids: [] },
	{ sigill: "call", method: "clearUnconnected", args: ["Valvet"] },
	{ sigill: "call", method: "lock", args: [] },
];

/** Asks the extension for everything, and writes down on its page what came back. */
const KNOCK = `(async () => {
	const answers = [];
	for (const knock of ${JSON.stringify(KNOCKS)}) {
		try {
			const answer = await chrome.runtime.sendMessage(SIGILL, knock);
			answers.push(answer === undefined ? "nothing" : JSON.stringify(answer));
		} catch {
			answers.push("nothing");
		}
	}
	document.documentElement.dataset.answers = answers.join();
})();`;
const NOTHING = KNOCKS.map(() => "nothing").join();

interface Intruder {
	/** A page of the web, in whose text `SIGILL` stands for the extension's name. */
	site: (html: string) => Promise<string>;
	person: Person;
	other: string;
}

const test = base.extend<Intruder>({
	site: async ({ language: _ }, use) => {
		let html = "";
		const server = createServer((_asked, reply) => reply.setHeader("content-type", "text/html").end(html));
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		await use(async (text) => {
			html = text;
			return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
		});
		server.closeAllConnections();
		server.close();
	},
	other: async ({ language: _ }, use, info) => {
		const folder = info.outputPath("other");
		mkdirSync(folder, { recursive: true });
		const manifest = {
			manifest_version: 3,
			name: "Other",
			version: "1",
			content_scripts: [{ matches: ["http://127.0.0.1/*"], js: ["knock.js"] }],
		};
		writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
		const found = "const SIGILL = document.documentElement.dataset.sigill;";
		writeFileSync(join(folder, "knock.js"), `${found} if (SIGILL) ${KNOCK}`);
		writeFileSync(join(folder, "page.js"), `const SIGILL = location.hash.slice(1); ${KNOCK}`);
		writeFileSync(
			join(folder, "page.html"),
			'<!doctype html><title>x</title><script src="page.js"></script>',
		);
		await use(folder);
	},
	person: async ({ language, mailbox, account, other }, use) => {
		const browser = await Browser.open("A", { language, beside: other });
		const person = await Person.at(browser, { language, mailbox, account });
		await person.createVault("Valvet");
		await person.add("Bank", "anna", "pass phrase");
		await use(person);
		await browser.close();
	},
});

/** The name that Chromium gives an unpacked extension: the SHA-256 of its folder, in letters from a to p. */
function idOf(folder: string): string {
	const hash = createHash("sha256").update(folder).digest("hex").slice(0, 32);
	return Array.from(hash, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join("");
}

async function answers(page: Page): Promise<string | null> {
	const html = page.locator("html");
	await expect(html).toHaveAttribute("data-answers", /./);
	return html.getAttribute("data-answers");
}

/** It is as it was, and still open: nobody locked it either. */
async function untouched(person: Person, before: readonly string[]): Promise<void> {
	expect(await sealed(person)).toEqual(before);
	await person.has(1);
}

test("another extension, from a page of the web and from a page of its own, gets no answer", async ({
	person,
	site,
	other,
}) => {
	const before = await sealed(person);
	const page = await person.browser.context.newPage();
	await page.goto(
		await site(`<!doctype html><html data-sigill="${person.browser.id}"><title>x</title></html>`),
	);
	expect(await answers(page)).toBe(NOTHING);
	await page.goto(`chrome-extension://${idOf(other)}/page.html#${person.browser.id}`);
	expect(await answers(page)).toBe(NOTHING);
	await untouched(person, before);
});

test("a page of the web gets no answer, and can't show a danger page in a frame", async ({
	person,
	site,
}) => {
	const before = await sealed(person);
	const address = person.browser.address("danger", "#clear_this_device");
	const script = KNOCK.replace("SIGILL", JSON.stringify(person.browser.id));
	const page = await person.browser.context.newPage();
	await page.goto(
		await site(`<!doctype html><title>x</title><iframe src="${address}"></iframe><script>${script}</script>`),
	);
	expect(await answers(page)).toBe(NOTHING);
	const [, frame] = page.frames();
	await expect.poll(() => frame?.url()).toMatch(/^chrome-error:/);
	await untouched(person, before);
});

test("a frame in a page of the extension can't ask: no page of ours loads there, and a blank one has no way to", async ({
	person,
}) => {
	const { page, browser } = person;
	const before = await sealed(person);
	await page.evaluate((address) => {
		document.body.appendChild(document.createElement("iframe")).src = address;
		document.body.appendChild(document.createElement("iframe"));
	}, browser.address("popup"));
	await expect
		.poll(() => page.frames().map((frame) => frame.url()))
		.toContain("chrome-error://chromewebdata/");
	expect(
		page
			.frames()
			.slice(1)
			.map((frame) => frame.url()),
	).not.toContain(browser.address("popup"));
	const canAsk = await page.evaluate(() => {
		const [, blank] = document.querySelectorAll("iframe");
		const inner = blank?.contentWindow as (Window & { chrome?: typeof chrome }) | null | undefined;
		return typeof inner?.chrome?.runtime?.sendMessage;
	});
	expect(canAsk).toBe("undefined");
	expect(await page.evaluate((knock) => chrome.runtime.sendMessage(knock), KNOCKS[0])).toHaveProperty(
		"value",
	);
	await untouched(person, before);
});
