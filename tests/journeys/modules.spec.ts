import { readFileSync } from "node:fs";
import { at } from "../../tools/machine.mjs";
import { expect, test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";
import { fields, SIGN_IN, sites } from "../rig/sites.ts";

const LIGHT = "light/sigill_light_bg.wasm";
const FULL = "sigill_bg.wasm";

/** The session's modules that the background has loaded since it began (docs/adr/0054). */
async function loaded(person: Person): Promise<string[]> {
	const worker = await person.browser.worker();
	return worker.evaluate(() => performance.getEntriesByType("mark").map(({ name }) => name));
}

/** A background that has not begun, and a page of ours that calls nothing by itself. */
async function quiet(person: Person): Promise<void> {
	await person.page.goto(`chrome-extension://${person.browser.id}/manifest.json`);
	await person.browser.killWorker();
}

/** Asks, and says by the order of names which answers were there when. */
function asking(person: Person): { answers: string[]; ask: (method: string) => Promise<void> } {
	const answers: string[] = [];
	const ask = async (method: string) => {
		await person.ask(method);
		answers.push(method);
	};
	return { answers, ask };
}

test("to unlock and to fill a login by the popup takes the light module alone", async ({ person }) => {
	await sites(person.browser.context, { "https://shop.example/login": SIGN_IN });
	await person.createVault();
	await person.ask("save", loginOf("https://shop.example/", "alice", "correct horse"));
	await person.lock();
	await person.browser.killWorker();

	const { context } = person.browser;
	const page = await context.newPage();
	await page.goto("https://shop.example/login");
	const popup = await context.newPage();
	await popup.goto(person.browser.address("popup"));
	await person.secret("unlock_password", popup).fill(person.master);
	await person.button("unlock_submit", {}, popup).click();
	await expect(popup.getByRole("searchbox").first()).toBeVisible();
	await page.bringToFront(); // a popup is beside the tab that somebody is in; a test's popup is a tab of its own
	await popup.reload();
	const fill = popup.getByRole("button", { name: person.t("here_fill", { name: "shop.example, alice" }) });
	await Promise.all([popup.waitForEvent("close"), fill.dispatchEvent("click")]);
	await expect(fields(page).word).toHaveValue("correct horse");
	expect(await loaded(person)).toEqual([LIGHT]);
	const derives = readFileSync(at("extension", "dist", "derive.worker.js"), "utf8");
	expect(new Set(derives.match(/\bsigill\w*_bg\.wasm/g))).toEqual(new Set(["sigill_light_bg.wasm"]));

	await person.ask("batches");
	expect(await loaded(person)).toEqual([LIGHT, FULL]);
});

test("a call that the light module lacks, where nothing else was called yet, takes the full one alone", async ({
	person,
}) => {
	await person.createVault();
	await quiet(person);
	await person.ask("batches");
	expect(await loaded(person)).toEqual([FULL]);
});

test("the full module takes over once what is under way has its answer, and nothing of it is lost", async ({
	person,
	device,
	network,
}) => {
	await person.createVault();
	await person.connectNew();
	await quiet(person);
	const hosts = (from: number, to: number) =>
		Array.from({ length: to - from }, (_, index) => `site-${from + index}.example`);
	const save = (host: string) => person.ask<string>("save", loginOf(`https://${host}/`, "anna", host));
	const { answers, ask } = asking(person);

	await save("first.example");
	const pushed = network.hold(/POST \/v1\/vault\/push/, "answer");
	const synced = ask("syncNow");
	await pushed.reached();
	const over = [ask("batches"), ask("batches")];
	const saved = await Promise.all(hosts(0, 20).map(save));
	await expect.poll(() => loaded(person)).toEqual([LIGHT, FULL]);
	expect(new Set(saved).size).toBe(20);
	expect(answers).toEqual([]); // what the light module lacks waits for the push; what it has does not
	pushed.release();
	await Promise.all([synced, ...over, ...hosts(20, 40).map(save)]);
	expect(answers).toEqual(["syncNow", "batches", "batches"]);

	await person.page.goto(person.browser.address("app"));
	await person.has(41);
	const other = await device("B");
	await other.takeUp();
	await other.sync();
	await other.has(41);
});

test("what begins to wait for the service meanwhile waits for the full module, and doesn't keep it away", async ({
	person,
	network,
}) => {
	await person.createVault();
	await person.connectNew();
	await quiet(person);
	const { answers, ask } = asking(person);

	const pushed = network.hold(/POST \/v1\/vault\/push/, "answer");
	await person.ask("save", loginOf("https://first.example/", "anna", "first"));
	await pushed.reached(); // soon after a save the background syncs by itself
	const over = ask("batches");
	await expect.poll(() => loaded(person)).toEqual([LIGHT, FULL]);
	const synced = ask("syncNow");
	pushed.release();
	await over;
	await synced;
	expect(answers).toEqual(["batches", "syncNow"]);
});

test("a page that waits for another device's changes keeps the full module from nothing", async ({
	person,
	network,
}) => {
	await person.createVault();
	await person.connectNew();
	await quiet(person);
	const { answers, ask } = asking(person);

	const held = network.hold(/GET \/v1\/vault\/moved/, "request");
	const moved = ask("moved");
	await held.reached();
	await ask("batches");
	expect(answers).toEqual(["batches"]);
	held.release();
	await person.ask("save", loginOf("https://moved.example/", "anna", "pass phrase"));
	await person.ask("syncNow");
	await moved; // the session that it waits in is over, and it has its answer all the same
	expect(answers).toEqual(["batches", "moved"]);
	expect(await loaded(person)).toEqual([LIGHT, FULL]);
});
