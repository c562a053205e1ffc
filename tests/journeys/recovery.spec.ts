import { Danger } from "../rig/danger.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

const NEW = "fyra nya ord utan samband 9";

/** The code opens the vault, and the page that chooses a new master password comes by itself. */
async function openByCode(person: Person, code: string): Promise<Danger> {
	await person.button("recovery_use").click();
	const slip = code.startsWith("A") ? `B${code.slice(1)}` : `A${code.slice(1)}`;
	await person.field("recovery_code").fill(slip);
	await person.button("unlock_submit").click();
	await expect(person.says("error_mistyped_recovery_code")).toBeVisible();
	await person.field("recovery_code").fill(code.toLowerCase().replaceAll("-", " "));
	const opens = person.browser.context.waitForEvent("page");
	await person.button("unlock_submit").click();
	const danger = new Danger(person, await opens, "renew_master_password");
	await expect(danger.heading("act_renew_master_password")).toBeVisible();
	return danger;
}

test("a recovery code opens a vault whose master password is forgotten; with a mailed code a new one takes its place, and the entries stay", async ({
	person,
	device,
	mailbox,
}) => {
	test.setTimeout(240_000);
	const code = await person.createWithCode({
		see: () => expect(person.says("sheet_relatives")).toBeVisible(),
	});
	await person.import(logins(3));
	await person.connectNew();
	const before = digest(await entries(person));
	const other = await device("B");
	await other.takeUp();
	await person.lock();

	const danger = await openByCode(person, code);
	await expect(danger.says("renew_stays")).toBeVisible();
	expect(digest(await entries(person))).toBe(before);
	await danger.choose(NEW);
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();

	await person.page.goto(person.browser.address("app"));
	await person.unlock();
	await expect(person.button("recovery_use")).toHaveCount(0); // the old sheet is void
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock(NEW);
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
	await person.sync();

	await other.meetsAnother();
	await other.follow(NEW);
	await other.has(3);
	expect(digest(await entries(other))).toBe(before);
});

test("without an account the typed name is enough, and a code made later in the settings opens the vault too", async ({
	person,
}) => {
	test.setTimeout(180_000);
	await person.createVault("Familjens valv");
	await person.import(logins(2));
	const before = digest(await entries(person));
	await person.open("settings");
	await person.button("settings_recovery_make").click();
	await person.secret("unlock_password").fill(person.master);
	await person.button("recovery_make").click();
	const code = await person.takeSheet();
	expect(digest(await entries(person))).toBe(before);
	await person.lock();

	const danger = await openByCode(person, code);
	await danger.choose(NEW);
	await person.field("phrase_label", danger.page).fill("familjens valv");
	await danger.button("act_renew_master_password").click();
	await danger.isDone();
	await person.page.reload();
	await person.lock();
	await person.unlock(NEW);
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
});

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`S42: the emergency sheet is one page of A4, black on white from a dark page too, and speaks to relatives (${language})`, async ({
			person,
		}) => {
			const { page, t } = person;
			await person.browser.set({ theme: "dark" });
			await person.createVault();
			await person.connectNew();
			await person.open("settings");
			await page
				.locator(".setting", { hasText: t("recovery_none") })
				.getByRole("button")
				.click();
			await person.secret("unlock_password").fill(person.master);
			await person.button("recovery_make").click();
			await expect(person.button("recovery_print")).toBeVisible({ timeout: 60_000 });
			for (const key of [
				"sheet_relatives",
				"help_relatives_operator",
				"sheet_open_new",
				"sheet_by_hand_devices",
			]) {
				await expect(person.says(key)).toBeVisible();
			}
			await page.emulateMedia({ media: "print" });
			await expect(person.button("recovery_print")).toBeHidden();
			await expect(person.button("nav_lock")).toBeHidden();
			const colours = await page
				.locator("sg-sheet :is(dt, li, h3)")
				.evaluateAll((texts) => [...new Set(texts.map((text) => getComputedStyle(text).color))]);
			for (const colour of colours) expect(Math.max(...numbers(colour)), colour).toBeLessThan(80);
			const session = await page.context().newCDPSession(page);
			for (const paperHeight of [11.69, 11]) {
				const paper = { paperWidth: 8.27, paperHeight, preferCSSPageSize: false };
				const { data } = await session.send("Page.printToPDF", paper);
				const pdf = Buffer.from(data, "base64").toString("latin1");
				expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
			}
		});
	});
}

const numbers = (colour: string) => (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number);
