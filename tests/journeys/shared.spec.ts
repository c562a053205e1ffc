import { expectAccessible } from "../rig/axe.ts";
import { Browser } from "../rig/browser.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { Person } from "../rig/person.ts";

/** In this order: what comes first loses least. */
const LOCKED_VAULT = ["help_other_device", "help_code", "help_backup", "help_sealed", "help_reset"];
const LOCKED_ACCOUNT = ["help_mail", "help_hold", "help_factor", "help_gone"];
const RELATIVES = ["help_relatives_sheet", "help_relatives_operator", "help_relatives_mail"];

/** Rows and keys that lie in the device's database. */
async function lies(person: Person): Promise<number> {
	return person.page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const database = await done(indexedDB.open("sigill"));
		const reading = database.transaction(["rows", "keys"]);
		const counts = ["rows", "keys"].map((name) => done(reading.objectStore(name).count()));
		const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
		database.close();
		return total;
	});
}

test.use({ fresh: true });

test("S41: on a shared computer nothing stays once the browser was closed, and the vault is where it was", async ({
	person,
	device,
	mailbox,
	account,
	language,
}) => {
	test.setTimeout(180_000);
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const before = digest(await entries(person));

	const shared = await device("library");
	await shared.page.goto(shared.browser.address("app", "#connect"));
	await shared.field("connect_email").fill(account.email);
	await shared.secret("connect_password").fill(account.password);
	await shared.page.getByRole("checkbox", { name: shared.t("connect_shared"), exact: true }).check();
	await shared.button("connect_submit_in").click();
	await shared.button("found_cloud_do").click();
	await shared.unlock();
	await shared.isOpen();
	await shared.has(2);
	await shared.browser.killWorker(); // the same run of the browser: nothing is erased
	await shared.page.reload();
	await shared.has(2);
	expect(await lies(shared)).toBeGreaterThan(0);

	const profile = await shared.browser.close("keep");
	const browser = await Browser.open("library", {}, profile);
	const next = await Person.at(browser, { language, mailbox, account });
	await expect(next.heading("welcome_title")).toBeVisible();
	expect(await lies(next)).toBeLessThanOrEqual(1); // at most the key of a device that nobody knows
	await browser.close();

	await person.page.reload();
	expect(digest(await entries(person))).toBe(before);
});

test("S40: whoever is locked out finds one page with the order, from where the vault is opened", async ({
	person,
}) => {
	await person.createVault();
	await person.lock();
	await person.cannotUnlock();
	const ways = ["link_reset_master_password", "help_title", "restore_link", "link_clear_this_device"];
	const buttons = person.page.locator("sg-unlock details").getByRole("button");
	await expect(buttons).toHaveCount(ways.length);
	for (const [at, way] of ways.entries()) await expect(buttons.nth(at)).toHaveAccessibleName(person.t(way));
	await expectAccessible(person.page, "what to do about a vault that doesn't open");
	await person.button("help_title").click();
	await expect(person.heading("help_title")).toBeVisible();
	for (const keys of [LOCKED_VAULT, LOCKED_ACCOUNT, RELATIVES]) {
		const wanted = keys.map((key) => person.t(key));
		const list = person.page.getByRole("list").filter({ hasText: wanted[0] ?? "" });
		expect(await list.getByRole("listitem").allInnerTexts()).toEqual(wanted);
	}
	await expect(person.says("help_end")).toBeVisible();
	await expect(person.says("help_relatives_operator")).toBeVisible();
});
