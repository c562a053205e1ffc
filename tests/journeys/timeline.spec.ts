import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { testService } from "../../tools/service.mjs";
import { expectAccessible } from "../rig/axe.ts";
import { Danger } from "../rig/danger.ts";
import { keep } from "../rig/downloads.ts";
import { expect, test } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";
import { texts } from "../rig/texts.ts";

/** From the account page, with the account password that a new device is asked for. */
async function openTimeline(person: Person): Promise<void> {
	await person.open("account");
	await person.button("timeline_open").click();
	await expect(person.heading("timeline_password_title")).toBeVisible();
	await person.secret("connect_password").fill(person.account.password);
	await person.button("timeline_password_submit").click();
	await expect(person.page.getByText(person.t("timeline_verified"), { exact: true })).toBeVisible();
}

/** Verifies as anybody can who has the file: with the service's binary, and no network. */
async function verifyFile(path: string): Promise<string> {
	const run = promisify(execFile)(await testService(), ["verify-timeline", path]);
	return run.then(
		({ stdout }) => stdout,
		({ stderr }: { stderr: string }) => stderr,
	);
}

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`a clear and its undo stand in the timeline, with the words of their mails (${language})`, async ({
			person,
			mailbox,
		}) => {
			const t = texts(language);
			await person.createVault();
			await person.add("Bank", "anna", "first password");
			await person.connectNew();
			const danger = await Danger.from(person, "clear_everywhere");
			await danger.sendCode();
			const words = (await danger.words()).join(" ");
			await danger.confirm(await mailbox.next());
			await danger.isDone();
			const restore = await danger.undo("restore_cloud");
			await restore.sendCode();
			await mailbox.next(); // the notice of the clear
			await restore.confirm(await mailbox.next());
			await restore.isDone();
			await restore.page.close();
			await person.page.goto(person.browser.address("app"));
			await person.unlock();
			await person.isOpen();

			await openTimeline(person);
			const clear = t("timeline_act_clear_everywhere");
			const back = t("timeline_act_restore_cloud");
			const told = person.page.getByRole("listitem");
			for (const [event, act] of [
				["asked", clear],
				["done", clear],
				["asked", back],
				["undone", back],
			] as const) {
				await expect(told.filter({ hasText: t(`timeline_event_${event}`, { act }) })).toHaveCount(1);
			}
			await expect(told.filter({ hasText: words })).toHaveCount(2);
			await expect(told.first()).toContainText(t("timeline_event_timeline_opened"));
			await expectAccessible(person.page, "timeline");

			const saves = person.page.waitForEvent("download");
			await person.button("timeline_export").click();
			const path = test.info().outputPath("timeline.json");
			await keep(person.page, saves, path);
			expect(await verifyFile(path)).toContain("VERIFIES. 7 entries");
			writeFileSync(path, readFileSync(path, "utf8").replace("done clear_everywhere", "done replace_cloud"));
			expect(await verifyFile(path)).toContain("DOES NOT VERIFY. Entry 4 ");
		});
	});
}

test("a wrong account password opens no timeline, and a service that is away says so", async ({
	person,
	network,
}) => {
	await person.createVault();
	await person.connectNew();
	await person.open("account");
	await person.button("timeline_open").click();
	await person.secret("connect_password").fill("not the account password");
	await person.button("timeline_password_submit").click();
	await expect(person.says("timeline_password_wrong")).toBeVisible();
	await person.open("account");
	network.strike(/^A GET \/v1\/timeline/, "lose_request", 1000);
	await person.button("timeline_open").click();
	await expect(person.says("error_service_unreachable")).toBeVisible();
	network.heal();
	await person.button("again").click();
	await expect(person.heading("timeline_password_title")).toBeVisible();
});
