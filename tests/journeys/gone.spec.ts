import { expectAccessible } from "../rig/axe.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The device's clock, so long after the real one; a worker that the browser ended has the real one again. */
async function later(person: Person, seconds: number): Promise<void> {
	const worker = await person.browser.worker();
	await worker.evaluate((milliseconds) => {
		const { timeOrigin } = performance;
		Date.now = () => Math.floor(timeOrigin + performance.now() + milliseconds);
	}, seconds * 1000);
}

/** The page of the account, with the vault open: it asks the service when it is opened. */
async function account(person: Person): Promise<void> {
	await person.page.goto(person.browser.address("app", "#"));
	await person.page.reload();
	const locked = person.button("unlock_submit");
	await expect(locked.or(person.button("nav_lock"))).toBeVisible();
	if (await locked.isVisible()) await person.unlock();
	await person.isOpen();
	await person.open("account");
	await expect(person.heading("account_title")).toBeVisible();
}

async function leave(person: Person, master: string): Promise<void> {
	await person.secret("unlock_password").fill(master);
	await person.button("silent_leave").click();
}

/** The page hears that the vault belongs to no account before who asked for it has an answer. */
async function answersLate({ page }: Person): Promise<void> {
	await page.evaluate(() => {
		const native = chrome.runtime.sendMessage;
		const heading = () => document.querySelector("sg-shell")?.shadowRoot?.querySelector("sg-account");
		chrome.runtime.sendMessage = (async (message: { method?: string }) => {
			const answer = await native(message);
			while (message.method === "leaveService" && heading()?.shadowRoot?.querySelector("sg-untie"))
				await new Promise((done) => requestAnimationFrame(done));
			return answer;
		}) as typeof chrome.runtime.sendMessage;
	});
}

for (const how of ["in step", "signed out"] as const) {
	test(`S38: a service that was gone for seven days is left by the master password, and nothing is erased (${how})`, async ({
		person,
		network,
		service,
	}) => {
		test.setTimeout(150_000);
		await person.createVault();
		await person.import(logins(3));
		await person.connectNew();
		const before = digest(await entries(person));
		if (how === "signed out") {
			await person.open("account");
			await person.button("account_sign_out").click();
			await person.unlock();
		}
		await service.kill();
		network.down(true);

		await account(person);
		await expect(person.heading("silent_title")).toHaveCount(0);
		await later(person, 7 * DAY - HOUR);
		await account(person);
		await expect(person.heading("silent_title")).toHaveCount(0);

		await later(person, 7 * DAY);
		await account(person);
		await expect(person.heading("silent_title")).toBeVisible();
		await expectAccessible(person.page, "account-silent");
		await leave(person, "inte huvudlösenordet");
		await expect(person.says("error_wrong_master_password")).toBeVisible();
		await expect(person.heading("silent_title")).toBeVisible();
		await answersLate(person);
		await leave(person, person.master);
		await expect(person.page.locator("sg-toasts").getByText(person.t("silent_left"))).toBeVisible();

		expect(digest(await entries(person))).toBe(before);
		await person.open("settings");
		await expect(person.says("settings_code_none_text")).toBeVisible();
		await person.lock();
		await person.unlock();
		await person.has(3);
	});
}

test("S38: a service that is back by then is not left that way", async ({ person, network }) => {
	await person.createVault();
	await person.connectNew();
	network.down(true);
	await account(person);
	await later(person, 7 * DAY);
	await account(person);
	await expect(person.heading("silent_title")).toBeVisible();
	network.heal();
	await leave(person, person.master);
	await expect(person.heading("silent_title")).toHaveCount(0);
	await person.isInStep();
});
