import { Danger } from "../rig/danger.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn, wrongCode } from "../rig/mail.ts";
import { filesIn, formsOf, openKeys, placesOf, storedBehind, type Trace } from "../rig/traces.ts";

const ITEM_PASSWORD = "ett hemligt postlösenord 4711";
const VAULT = "Familjens valv";

test.use({ fresh: true });

test("a secret is found in whatever form it lies", () => {
	const forms = formsOf(ITEM_PASSWORD);
	for (const form of forms) {
		const bytes = Buffer.concat([Buffer.from("before"), form, Buffer.from("after")]);
		expect(placesOf(ITEM_PASSWORD, [{ where: "here", bytes }])).toEqual(["here"]);
	}
	for (const before of ["", "a", "ab", "abc"]) {
		const bytes = Buffer.from(Buffer.from(`${before}${ITEM_PASSWORD}xy`).toString("base64"));
		expect(placesOf(ITEM_PASSWORD, [{ where: before, bytes }])).toEqual([before]);
	}
	expect(placesOf("another secret", [{ where: "here", bytes: Buffer.from(ITEM_PASSWORD) }])).toEqual([]);
});

test("after lock no code, password or recovery code, and no key of the vault, rests on the device, at the service, in its log or in a subject", async ({
	person,
	mailbox,
	service,
	account,
}) => {
	const recovery = await person.createWithCode({ name: VAULT });
	await person.import(logins(3));
	await person.add("Bank", "anna", ITEM_PASSWORD);
	await person.connectNew();
	const cleared = await Danger.from(person, "clear_everywhere");
	await cleared.sendCode();
	const unused = await mailbox.next();
	await cleared.type(wrongCode(unused));
	await expect(cleared.says("code_wrong_other", { n: 4 })).toBeVisible();
	await cleared.button("keep_everything").click();
	await expect(cleared.heading("over_cancelled_title")).toBeVisible();
	await cleared.button("keep_everything").click();
	await expect(cleared.heading("kept_title")).toBeVisible();
	await cleared.page.close();
	const weaker = await Danger.turningSync(person, "turn_sync_off");
	await weaker.askPassword();
	await weaker.typePassword(account.password, "code");
	const used = await mailbox.next();
	await weaker.confirm(used);
	await weaker.isDone();
	await weaker.page.close();
	await mailbox.next(); // the notice that it is done
	const keys = await openKeys(person.page);
	expect(keys.length).toBeGreaterThanOrEqual(3);
	const unlocked = await storedBehind(person.page);
	for (const key of keys) expect(placesOf(key, unlocked)).toEqual(["chrome.storage.session"]);
	await person.lock();

	const codes = mailbox.mails.filter(({ text }) => /\d{4} \d{4}/.test(text)).map(codeIn);
	expect(codes.length).toBeGreaterThanOrEqual(3); // the address, the cancelled act, the executed one
	const secrets: (string | Buffer)[] = [
		...keys,
		person.master,
		account.password,
		ITEM_PASSWORD,
		recovery,
		recovery.replaceAll("-", ""),
		...logins(3).map(({ password }) => password),
		...codes.flatMap((code) => [code, code.replace(/\D/g, "")]),
	];
	const device = await storedBehind(person.page);
	const subjects = mailbox.mails.map(
		({ subject }): Trace => ({ where: `subject ${subject}`, bytes: Buffer.from(subject) }),
	);
	const everywhere = [...device, ...filesIn(service.folder), ...subjects];
	for (const secret of secrets) expect(placesOf(secret, everywhere), String(secret)).toEqual([]);

	// What may lie there is found: the search looks where it says.
	expect(placesOf(VAULT, device)).toContain("IndexedDB sigill/rows");
	expect(placesOf(service.publicUrl, device)).toContain("chrome.storage.local");
	const at = (name: string) => expect.stringMatching(new RegExp(`/${name}$`));
	expect(placesOf(account.email, filesIn(service.folder))).toContainEqual(at("sigill.db(-wal)?"));
	expect(placesOf("/v1/operations/{operation}/confirm", everywhere)).toEqual([at("log")]);

	// Nor in the browser's own files, which outlive it.
	const profile = filesIn(await person.browser.close("keep"));
	for (const secret of secrets) expect(placesOf(secret, profile), String(secret)).toEqual([]);
	await person.browser.close();
});
