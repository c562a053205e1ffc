import { Browser } from "../rig/browser.ts";
import { expect, test } from "../rig/fixtures.ts";
import { Person } from "../rig/person.ts";

interface Seen {
	readonly vault: { readonly state: string; readonly locksAt?: number };
}

/** Seconds that the vault stays open if nobody does anything. */
async function patience(person: Person): Promise<number> {
	const { vault } = await person.ask<Seen>("status");
	return Math.round((vault.locksAt ?? 0) - Date.now() / 1000);
}

test.use({ fresh: true });

test("the vault locks after so many minutes as the person chose for this device, wherever its clock goes", async ({
	person,
}) => {
	test.setTimeout(120_000);
	await person.createVault();
	await person.open("settings");
	const after = person.page.getByRole("combobox", { name: person.t("settings_lock_after"), exact: true });
	await after.selectOption({ label: person.t("minutes_other", { n: person.number(5) }) });
	await expect(person.says("settings_saved")).toBeVisible();
	await person.lock();
	await person.unlock();
	await person.isOpen();
	expect(await patience(person)).toBeGreaterThan(4 * 60);
	expect(await patience(person)).toBeLessThanOrEqual(5 * 60);
	await person.open("vault"); // settings can be seen while it is locked
	for (const minutes of [6, -1]) {
		const worker = await person.browser.worker();
		await worker.evaluate((shift) => {
			const now = Date.now;
			Date.now = () => now() + shift;
			Object.assign(globalThis, { setRight: () => Object.assign(Date, { now }) });
		}, minutes * 60_000);
		await person.page.reload();
		await expect(person.secret("unlock_password")).toBeVisible();
		await worker.evaluate(() => (globalThis as unknown as { setRight: () => void }).setRight());
		await person.unlock();
		await person.isOpen();
	}
});

test("what a message says of an entry is gone once the vault is locked", async ({ person }) => {
	await person.createVault();
	await person.begin("note");
	await person.field("field_name").fill("Diagnosis");
	await person.button("save").click();
	const said = person.page.locator("sg-toasts").getByText(person.t("item_saved", { name: "Diagnosis" }));
	await expect(said).toBeVisible();
	await person.lock();
	await expect(said).toBeHidden({ timeout: 1 }); // it would go by itself in some seconds
	await expect(person.page.getByText("Diagnosis")).toHaveCount(0);
});

test("the vault locks when the computer does, and pages show it at once", async ({ person }) => {
	await person.createVault();
	const worker = await person.browser.worker();
	await worker.evaluate(() => {
		const { onStateChanged } = chrome.idle as unknown as {
			onStateChanged: { dispatch: (state: string) => void };
		};
		onStateChanged.dispatch("idle"); // nobody is there: the vault has its own patience
		onStateChanged.dispatch("locked");
	});
	await expect(person.secret("unlock_password")).toBeVisible();
	await person.unlock();
	await person.isOpen();
});

test("the vault is locked once the browser was closed, whatever its patience", async ({
	device,
	language,
	mailbox,
	account,
}) => {
	test.setTimeout(180_000);
	const closed = await device("closed");
	await closed.browser.set({ lockAfter: 0 });
	await closed.createVault();
	const profile = await closed.browser.close("keep");
	const browser = await Browser.open("closed", {}, profile);
	const next = await Person.at(browser, { language, mailbox, account });
	await expect(next.secret("unlock_password")).toBeVisible();
	await next.unlock();
	await next.isOpen();
	await browser.close();
});
