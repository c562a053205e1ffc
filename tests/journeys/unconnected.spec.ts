import { Danger } from "../rig/danger.ts";
import { digest, entries, sealed } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";

test("S25: without an account clearing takes the vault's name, and says that nobody protects it", async ({
	person,
	mailbox,
}) => {
	await person.createVault("Familjens valv");
	await person.import(logins(3));
	const before = digest(await entries(person));
	const rows = await sealed(person);
	const danger = await Danger.from(person, "clear_this_device");
	await expect(danger.says("phrase_text", { name: "Familjens valv" })).toBeVisible();
	const name = person.field("phrase_label", danger.page);

	await name.fill("some other name");
	await danger.button("act_clear_this_device").click();
	await expect(danger.says("error_wrong_phrase")).toBeVisible();
	expect(await sealed(person)).toEqual(rows);

	await name.fill("FAMILJENS VALV");
	await danger.button("act_clear_this_device").click();
	await danger.isDone();
	expect(mailbox.unread).toBe(0);

	const restore = await danger.undo("restore_device");
	await person.secret("unlock_password", restore.page).fill(person.master);
	await restore.button("act_restore_device").click();
	await restore.isDone();
	await person.page.goto(person.browser.address("app"));
	await person.unlock();
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
});

test("S26: the settings say whether a code is required, why not, and how to get there", async ({
	person,
}) => {
	await person.createVault();
	await person.open("settings");
	const row = person.page.getByRole("definition");
	await expect(row.filter({ hasText: person.t("settings_code_none") }).first()).toBeVisible();
	await expect(person.says("settings_code_none_text")).toBeVisible();
	await person.button("settings_code_connect").click();
	await expect(person.heading("connect_title")).toBeVisible();

	await person.connectNew();
	await expect(row.filter({ hasText: person.t("settings_code_always") }).first()).toBeVisible();
	await expect(person.says("settings_code_always_text", { email: person.account.email })).toBeVisible();
});

test("S27: without an account replacing the cloud is not offered", async ({ person }) => {
	await person.createVault();
	await person.open("settings");
	await expect(person.button("link_clear_this_device")).toBeVisible();
	await expect(person.button("link_replace_cloud")).toHaveCount(0);
	await expect(person.button("link_clear_everywhere")).toHaveCount(0);

	await person.page.goto(person.browser.address("danger", "#replace_cloud"));
	await expect(person.says("not_offered")).toBeVisible();
	await expect(person.button("send_code")).toHaveCount(0);
});
