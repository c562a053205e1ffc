import type { Page } from "@playwright/test";
import type { HealthLogin } from "../../extension/wasm/sigill.js";
import type { Browser } from "../rig/browser.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { held, holding, holdNoMore, letGo } from "../rig/messages.ts";
import { type Answers, answering, CONNECTED, scene } from "../rig/scenes.ts";
import { texts } from "../rig/texts.ts";

const test = base.extend<{ stage: Browser }>({
	stage: async ({ language, pool }, use, info) => {
		await pool.lend("A", { language }, use, () => info.status === info.expectedStatus);
	},
});

const t = texts("en");
const region = (page: Page, kind: string) =>
	page.getByRole("region", { name: t(`health_${kind}`), exact: true });

/** A login as the session says it, whose password is the only one of its kind. */
function login(number: number, more: Partial<HealthLogin> = {}): HealthLogin {
	const name = `site ${number}`;
	const prefix = number.toString(16).toUpperCase().padStart(5, "0");
	const mine = { id: String(number).padStart(32, "0"), name, prefix, password: number };
	return { detail: "", site: "", since: 1, accounts: 1, findings: [], aside: [], ...mine, ...more };
}

/** The page of health over these, its session played. */
async function health(browser: Browser, logins: readonly HealthLogin[], more: Answers = {}): Promise<Page> {
	const page = await scene(browser, "app", "#vault", { health: JSON.stringify(logins), ...more });
	await expect(page.getByRole("link", { name: t("nav_health"), exact: true })).toBeVisible();
	return page;
}

async function open(page: Page): Promise<void> {
	await page.getByRole("link", { name: t("nav_health"), exact: true }).click();
}

/** Something was written: the page looks again. */
async function again(page: Page, logins: readonly HealthLogin[]): Promise<void> {
	const vault = { ...CONNECTED.vault, count: logins.length };
	await answering(page, { health: JSON.stringify(logins), status: { ...CONNECTED, vault } });
	await page.evaluate(() => dispatchEvent(new Event("focus")));
}

/** Each login is handed over with its own password; those of `others` were changed since. */
async function guessables(page: Page, known: Readonly<Record<string, object>>): Promise<void> {
	await page.evaluate((answers) => {
		type Message = { method?: string; args?: string[] };
		const send = chrome.runtime.sendMessage as (message: Message) => Promise<unknown>;
		chrome.runtime.sendMessage = (async (message: Message) => {
			if (message.method !== "guessable") return send(message);
			const answer = answers[message.args?.[0] ?? ""];
			const gone = { code: "not_found" };
			return answer ? { value: answer } : { failure: gone };
		}) as typeof chrome.runtime.sendMessage;
	}, known);
}

test("a password that was changed while others were judged says nothing of those that have the old one", async ({
	stage,
}) => {
	const same = { password: 7, prefix: "00007", accounts: 3 };
	const [gone, changed, left] = [login(1, same), login(2, same), login(3, same)];
	const page = await health(stage, [gone, changed, left]);
	await guessables(page, {
		[changed.id]: { password: "v9#Lq2!wTz7&Rb4x", prefix: "99999", known: [] },
		[left.id]: { password: "sommar2019", prefix: "00007", known: [] },
	});
	await open(page);
	await expect(region(page, "weak").getByRole("link", { name: left.name })).toBeVisible();
	await expect(page.getByRole("alert")).toHaveCount(0);
});

test("an older look that is answered after a newer one is not shown", async ({ stage }) => {
	const page = await health(stage, [login(1, { findings: ["old"] })]);
	await guessables(page, { [login(1).id]: { password: "v9#Lq2!wTz7&Rb4x", prefix: "00001", known: [] } });
	await holding(page, "health");
	await open(page);
	await expect.poll(() => held(page)).toBe(1);
	await holdNoMore(page);
	await again(page, []);
	await expect(page.getByText(t("health_none"))).toBeVisible();
	await letGo(page);
	expect(await page.getByText(t("health_none")).isVisible()).toBe(true);
});

test("a list that was opened stays open when a graver kind comes before it", async ({ stage }) => {
	const old = Array.from({ length: 12 }, (_, at) => login(at, { findings: ["old"] }));
	const page = await health(stage, old);
	await guessables(
		page,
		Object.fromEntries(
			old.map(({ id, prefix }) => [id, { password: `v9#Lq2!wTz7&Rb4x${id}`, prefix, known: [] }]),
		),
	);
	await open(page);
	const rows = (kind: string) => region(page, kind).getByRole("listitem");
	await expect(rows("old")).toHaveCount(10);
	await region(page, "old")
		.getByRole("button", { name: t("health_more", { n: 2 }) })
		.click();
	await expect(rows("old")).toHaveCount(12);
	await again(
		page,
		old.map((one) => ({ ...one, findings: ["old", "in_clear"] })),
	);
	await expect(rows("in_clear")).toHaveCount(10);
	await expect(rows("old")).toHaveCount(12);
});

test("how far a look-up is stands in a status that was there before, and the keyboard stays in its part", async ({
	stage,
}) => {
	const one = login(1);
	const page = await health(stage, [one]);
	await guessables(page, { [one.id]: { password: "v9#Lq2!wTz7&Rb4x", prefix: one.prefix, known: [] } });
	await page.evaluate(
		(times) => {
			type Message = { sigill: string };
			const send = chrome.runtime.sendMessage as (message: Message) => Promise<unknown>;
			chrome.runtime.sendMessage = (async (message: Message) =>
				message.sigill === "look-up-leaks"
					? { value: [times] }
					: send(message)) as typeof chrome.runtime.sendMessage;
		},
		{ id: one.id, times: 3 },
	);
	await holding(page, "look-up-leaks");
	await open(page);
	const part = page.getByRole("region", { name: t("leaks_title"), exact: true });
	const status = part.getByRole("status");
	await status.evaluate((element) => element.setAttribute("data-was-there", ""));
	const button = (key: string) => part.getByRole("button", { name: t(key), exact: true });
	await button("leaks_turn_on").press("Enter");
	await expect(part.locator("[data-was-there]")).toHaveText(t("leaks_running", { done: 0, total: 1 }));
	await expect(button("cancel")).toBeFocused();
	await letGo(page);
	await expect(part.locator("[data-was-there]")).toHaveText(t("leaks_found_one", { n: 1 }));
	await expect(button("leaks_again")).toBeFocused();
});
