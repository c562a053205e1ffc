import { Danger } from "../rig/danger.ts";
import { sealed } from "../rig/evidence.ts";
import { expect, type Rig, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { sentHere } from "../rig/portal.ts";

const HOUR = 3600;

type Off = Pick<Rig, "person" | "mailbox" | "service" | "account">;

/** A connected vault of three entries on a device whose sync was turned off, by password and code. */
async function withSyncOff({ person, mailbox, service, account }: Off): Promise<void> {
	await person.createVault();
	await person.import(logins(3));
	await person.connectNew();
	const danger = await Danger.turningSync(person, "turn_sync_off");
	await danger.askPassword();
	expect(mailbox.unread).toBe(0);
	await danger.typePassword(account.password, "code");
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await danger.page.close();
	await mailbox.next(); // the notice that it is done
	service.advance(HOUR); // two acts an hour are all that a device has
}

test("S9, S11, S12, S15, S18: with sync off the account password clears this device, and the cloud stays", async ({
	person,
	device,
	mailbox,
	service,
	account,
}) => {
	await withSyncOff({ person, mailbox, service, account });
	await person.open("settings");
	await expect(person.says("sync_off").first()).toBeVisible();
	await expect(person.button("sync_now")).toHaveCount(0);

	const danger = await Danger.from(person, "clear_this_device");
	await danger.askPassword();
	await expect(danger.says("password_clear_text")).toBeVisible();
	expect(mailbox.unread).toBe(0);
	const before = await sealed(person);
	await danger.typePassword("inte kontolösenordet");
	await expect(danger.says("password_wrong_other", { n: 4 })).toBeVisible();
	await danger.typePassword(person.master);
	await expect(danger.says("password_is_master")).toBeVisible();
	await expect(danger.says("code_tries_other", { n: 4 })).toBeVisible();
	expect(await sealed(person)).toEqual(before);

	const opens = person.browser.context.waitForEvent("page");
	await danger.button("password_forgot").click();
	const portal = await opens;
	await sentHere(portal, person);
	await expect(portal).toHaveURL(/\/portal\/forgot$/);
	await expect(portal.getByRole("heading", { level: 1 })).toHaveText(person.t("portal_forgotten_title"));
	await portal.close();

	await danger.typePassword(account.password);
	await danger.isDone();
	await person.page.goto(person.browser.address("app"));
	await expect(person.heading("welcome_off_title")).toBeVisible();
	const other = await device("B");
	await other.takeUp();
	await other.has(3);
});

test("S10: with sync off the cloud can't be cleared or replaced, and the way is to turn sync on", async ({
	person,
	mailbox,
	service,
	account,
}) => {
	await withSyncOff({ person, mailbox, service, account });
	await person.add("Only here", "anna", "pass phrase");
	for (const door of ["replace_cloud", "clear_everywhere"] as const) {
		const refused = await Danger.from(person, door);
		await expect(refused.says("refused_sync_is_off")).toBeVisible();
		await expect(refused.button("send_code")).toHaveCount(0);
		if (door === "replace_cloud") {
			await refused.page.close();
			continue;
		}
		await refused.button("act_turn_sync_on").click();
		const on = new Danger(person, refused.page, "turn_sync_on");
		await on.askPassword();
		await on.typePassword(account.password);
		await on.isDone();
		await on.page.close();
	}
	expect(mailbox.unread).toBeLessThan(2); // a notice at most: turning sync on mails no code
	await person.isInStep();
	await person.has(4);
	const danger = await Danger.from(person, "clear_everywhere");
	await expect(danger.button("send_code")).toBeVisible();
});

test("S13, S14: what was proved stays proved when the page is closed and the worker dies", async ({
	person,
	mailbox,
	account,
}) => {
	await person.createVault();
	await person.import(logins(1));
	await person.connectNew();
	const danger = await Danger.turningSync(person, "turn_sync_off");
	await danger.askPassword();
	await danger.typePassword(account.password, "code");
	const mail = await mailbox.next();
	await danger.page.close();
	await person.browser.killWorker();

	const page = await person.browser.page("danger", "#resume");
	const again = new Danger(person, page, "turn_sync_off");
	await expect(again.heading("code_title")).toBeVisible();
	await expect(again.password).toHaveCount(0);
	await again.confirm(mail);
	await again.isDone();
});
