import { Danger } from "../rig/danger.ts";
import { entries, sealed } from "../rig/evidence.ts";
import { expect, test } from "../rig/firefox-fixtures.ts";
import { wrongCode } from "../rig/mail.ts";

test("a vault goes to a new account, and is cleared by a mailed code only", async ({
	person,
	mailbox,
	account,
}) => {
	await person.createVault();
	await person.add("Bank", "anna", "pass phrase");
	await person.connectNew();
	const danger = await Danger.from(person, "clear_everywhere");
	await expect(danger.says("loss_gone_one", { n: 1, where: person.t("where_everywhere") })).toBeVisible();
	await danger.sendCode();
	const mail = await mailbox.next();
	expect(mail.to).toContain(account.email);
	await danger.type(wrongCode(mail));
	await expect(danger.says("code_wrong_other", { n: 4 })).toBeVisible();
	expect((await entries(person)).length).toBe(1);
	await danger.confirm(mail);
	await danger.isDone();
	expect(await sealed(person)).toEqual([]);
});
