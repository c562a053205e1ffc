import { Danger } from "../rig/danger.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Fault } from "../rig/network.ts";

const FAULTS: readonly Fault[] = ["lose_request", "lose_answer", "double", "garbage", "cut"];

for (const fault of FAULTS) {
	test(`the way there and back (${fault}): one operation, one mail, one effect, and the undo brings all back`, async ({
		person,
		network,
		mailbox,
	}) => {
		await person.createVault();
		await person.import(logins(3));
		await person.connectNew();
		const before = digest(await entries(person));
		const danger = await Danger.from(person, "clear_everywhere");
		network.strike(/POST \/v1\/operations$/, fault);
		await danger.button("send_code").click();
		const mail = await mailbox.next();
		await expect(danger.code).toBeVisible({ timeout: 30_000 });
		expect(mail.text).toContain((await danger.words()).join(" "));
		network.strike(/\/confirm$/, fault);
		await danger.confirm(mail);
		await danger.isDone();
		await mailbox.next(); // the notice
		expect(mailbox.unread).toBe(0);
		const displaced = await person.ask<{ count: number }[]>("displaced");
		expect(displaced.map(({ count }) => count)).toEqual([3]);

		const restore = await danger.undo("restore_cloud");
		await restore.sendCode();
		await restore.confirm(await mailbox.next());
		await restore.isDone();
		await person.page.goto(person.browser.address("app"));
		await person.unlock();
		await person.isOpen();
		expect(digest(await entries(person))).toBe(before);
	});
}

test("the service killed while a code waits, and started again: the code is as good as before", async ({
	person,
	service,
	mailbox,
}) => {
	await person.createVault();
	await person.connectNew();
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const mail = await mailbox.next();
	await service.kill();
	await service.run();
	await danger.confirm(mail);
	await danger.isDone();
});

test("S8: a mail server that refuses for now is asked again, and the page says that the mail waits", async ({
	person,
	mailbox,
}) => {
	await person.createVault();
	await person.connectNew();
	mailbox.refusals.push({ code: 451, text: "try again later" });
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	await expect(danger.says("code_mail_queued")).toBeVisible();
	const mail = await mailbox.next(60_000);
	await expect(danger.says("code_no_mail")).toBeVisible();
	await danger.confirm(mail);
	await danger.isDone();
});

test("S8: a mail server that refuses for good is named, and nothing has changed", async ({
	person,
	mailbox,
}) => {
	await person.createVault();
	await person.connectNew();
	mailbox.refusals.push({ code: 550, text: "no such mailbox" });
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	await expect(danger.says("code_mail_bounced")).toBeVisible();
});

test("F11: everything that is sent arrives twice, and there is one of each", async ({
	person,
	device,
	network,
	mailbox,
}) => {
	test.setTimeout(120_000);
	network.strike(/./, "double", 10_000);
	await person.createVault();
	await person.import(logins(3));
	await person.connectNew();
	await person.add("Twice", "anna", "pass phrase");
	await person.sync();
	const before = digest(await entries(person));
	const other = await device("B");
	await other.takeUp();
	expect(digest(await entries(other))).toBe(before);
	await other.add("Of the other", "anna", "pass phrase");
	await other.sync();
	await person.sync();
	await person.has(5);

	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await mailbox.next(); // the notice
	expect(mailbox.unread).toBe(0);
	const displaced = await person.ask<{ count: number }[]>("displaced");
	expect(displaced.map(({ count }) => count)).toEqual([5]);
});
