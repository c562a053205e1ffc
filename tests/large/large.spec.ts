import { writeFileSync } from "node:fs";
import type { Item } from "../../extension/wasm/sigill.js";
import { expect, test } from "../rig/fixtures.ts";
import { csv, logins } from "../rig/logins.ts";
import { Memory } from "../rig/memory.ts";
import type { Person } from "../rig/person.ts";
import { pattern } from "../rig/texts.ts";

/** So many entries; fewer to try the journey itself. */
const COUNT = Number(process.env["SIGILL_LARGE"] ?? 50_000);
const NEW = "fyra nya ord utan samband 9";
/** The page answers, or says what it is at: no longer does nothing happen. */
const FROZEN_MS = 500;

/** Does a step; prints how long it took, the browser's peak, and the longest time in which its page did not answer. */
async function step(name: string, person: Person, work: () => Promise<void>): Promise<void> {
	const memory = new Memory(person.browser.folder);
	await person.page.evaluate(watch);
	const begun = performance.now();
	await test.step(name, work);
	const took = ((performance.now() - begun) / 1000).toFixed(1);
	const frozen = await person.page.evaluate(() => Math.round(globalThis.longest ?? 0));
	console.log(
		`${name.padEnd(62)} ${took.padStart(6)} s   ${String(memory.peak()).padStart(5)} MB   ${String(frozen).padStart(4)} ms`,
	);
	memory.end();
	expect.soft(frozen, `${name}: the page did not answer`).toBeLessThan(FROZEN_MS);
}

declare global {
	var longest: number | undefined;
}

/** In the page: how long its longest task takes from now on. */
function watch(): void {
	globalThis.longest = 0;
	const see = (list: PerformanceObserverEntryList) => {
		for (const { duration } of list.getEntries()) {
			globalThis.longest = Math.max(globalThis.longest ?? 0, duration);
		}
	};
	new PerformanceObserver(see).observe({ type: "longtask" });
}

test(`${COUNT} entries: imported, synced to a second browser, searched, under a new master password`, async ({
	person,
	device,
}) => {
	const { page } = person;
	const rows = logins(COUNT);
	const n = person.number(COUNT);
	console.log(`${"".padEnd(64)} time      peak    longest task of the page`);
	await person.createVault();

	const file = test.info().outputPath("Chrome Passwords.csv");
	writeFileSync(file, csv(rows));
	await person.open("import");
	await step(`Read ${COUNT} logins of a CSV and show what they are`, person, async () => {
		await page.getByLabel(person.t("import_file")).setInputFiles(file);
		await expect(person.heading("import_preview")).toBeVisible();
	});
	await step("Take them in", person, async () => {
		await person.button("import_do_other", { n }).click();
		await expect(person.heading("import_done_other", { n })).toBeVisible();
	});
	await person.signUp();
	await step("Bring them to an account", person, async () => {
		await person.bring();
		await expect(person.heading("nav_vault")).toBeVisible();
		await person.open("settings");
		const inStep = page.getByRole("status").filter({ hasText: pattern(person.t("sync_on")) });
		await expect(inStep).toBeVisible();
	});

	const other = await device("B");
	await other.signIn();
	await step("Take them up in a second browser", other, async () => {
		await other.button("found_cloud_do").click();
		await expect(other.secret("unlock_password")).toBeVisible();
	});
	await step("Unlock them there, to the first list", other, async () => {
		await other.unlock();
		await other.has(COUNT);
	});
	await step("Search, letter by letter, to the one that is looked for", other, () => finds(other, rows));
	await holds(other, rows);

	await step("Change the master password", person, async () => {
		await person.changeMaster(person.master, NEW);
		await expect(person.says("change_done")).toBeVisible();
	});
	await step("Follow with the second browser", other, async () => {
		await other.meetsAnother();
		await other.follow(NEW);
		await other.has(COUNT);
	});
	await holds(other, rows);
});

/** Types the name of an entry in the middle; at its end that one is left. */
async function finds(person: Person, rows: ReturnType<typeof logins>): Promise<void> {
	const wanted = new URL(rows[Math.floor(COUNT / 2)]?.url ?? "").host;
	await person.open("vault");
	const search = person.page.locator("#search");
	await search.pressSequentially(wanted);
	await expect(person.page.locator(".rows > li")).toHaveCount(1);
	await search.fill("");
}

/** What was taken in is what stands here: of every thousandth, its password too. */
async function holds(person: Person, rows: ReturnType<typeof logins>): Promise<void> {
	for (let at = 0; at < rows.length; at += Math.ceil(rows.length / 50)) {
		const login = rows[at];
		if (!login) continue;
		const text = new URL(login.url).host;
		const found: { rows: { id: string }[] } = JSON.parse(
			await person.ask("list", { text, scope: { of: "all" }, from: 0, count: 50 }),
		);
		const items = await Promise.all(found.rows.map(({ id }) => person.ask<Item>("item", id)));
		const item = items.find(({ content }) => content.urls.some(({ text }) => text === login.url));
		const password = item?.content.values.find(({ field }) => field === "password")?.text;
		expect(password, login.name).toBe(login.password);
	}
}
