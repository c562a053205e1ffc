import { Authenticator } from "../rig/authenticator.ts";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { codeIn } from "../rig/mail.ts";
import type { Person } from "../rig/person.ts";

const NEW = "fyra nya ord utan samband 9";

async function openPasskeys(person: Person): Promise<void> {
	await person.open("settings");
	await person.button("settings_passkeys").click();
	await expect(person.heading("passkeys_title")).toBeVisible();
	const door = person.page.getByRole("link", { name: person.t("nav_settings"), exact: true });
	await expect(door).toHaveAttribute("aria-current", "true");
}

async function add(person: Person, name: string, password = person.master): Promise<void> {
	await person.button("passkeys_add").click();
	await person.field("passkeys_name").fill(name);
	await person.secret("unlock_password").fill(password);
	await person.button("passkeys_add").click();
}

async function openByPasskey(person: Person): Promise<void> {
	await person.button("passkey_unlock").click();
	await person.isOpen();
}

/** By its name, in the list. */
function listed(person: Person, name: string) {
	return person.page.getByRole("listitem").filter({ hasText: name });
}

test("a passkey opens the vault in the master password's place; without account or network, by the keyboard", async ({
	person,
	network,
}) => {
	test.setTimeout(180_000);
	await person.createVault();
	await person.import(logins(2));
	const before = digest(await entries(person));
	network.down(true);
	const authenticator = await Authenticator.of(person.page);

	await openPasskeys(person);
	await add(person, "Blå nyckel", "not that one");
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	expect(await authenticator.count(), "nothing was asked of the authenticator").toBe(0);
	await person.secret("unlock_password").fill(person.master);
	await person.button("passkeys_add").click();
	await expect(person.says("passkeys_add_done")).toBeVisible({ timeout: 60_000 });
	expect(await authenticator.count()).toBe(1);
	await add(person, "Once more");
	await expect(person.says("passkey_known")).toBeVisible();
	await person.button("cancel").click();

	await person.lock();
	await person.secret("unlock_password").focus();
	for (let tabs = 0; tabs < 6; tabs += 1) {
		await person.page.keyboard.press("Tab");
		if (await person.button("passkey_unlock").evaluate((button) => button.matches(":focus"))) break;
	}
	await expect(person.button("passkey_unlock")).toBeFocused();
	await person.page.keyboard.press("Enter");
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);

	await openPasskeys(person);
	await person.button("passkeys_rename_named", { name: "Blå nyckel" }).click();
	await person.field("passkeys_name").fill("Röd nyckel");
	await person.button("save").click();
	await expect(listed(person, "Röd nyckel")).toBeVisible();
	await person.button("passkeys_remove_named", { name: "Röd nyckel" }).click();
	await person.secret("unlock_password").fill("not that one");
	await person.button("passkeys_remove").click();
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.secret("unlock_password").fill(person.master);
	await person.button("passkeys_remove").click();
	await expect(person.says("passkeys_none")).toBeVisible({ timeout: 60_000 });
	await person.lock();
	await expect(person.button("passkey_unlock")).toHaveCount(0);
	await person.unlock();
	await person.isOpen();
});

test("whatever goes wrong with a passkey is said at its button, and the master password opens as ever", async ({
	person,
}) => {
	test.setTimeout(180_000);
	await person.createVault();
	const poor = await Authenticator.of(person.page, { hasPrf: false });
	await openPasskeys(person);
	await add(person, "Old key");
	await expect(person.says("passkey_no_prf")).toBeVisible({ timeout: 60_000 });
	await person.button("cancel").click();
	await expect(person.says("passkeys_none")).toBeVisible();
	await poor.unplug();

	const authenticator = await Authenticator.of(person.page);
	await add(person, "This one");
	await expect(person.says("passkeys_add_done")).toBeVisible({ timeout: 60_000 });
	await person.lock();
	await authenticator.touched(false);
	await person.button("passkey_unlock").click();
	await expect(person.says("passkey_waiting")).toBeVisible();
	await person.button("cancel").click();
	await expect(person.button("passkey_unlock")).toBeFocused();
	await authenticator.touched(true);
	await openByPasskey(person);
	await person.lock();
	await authenticator.forget(); // as on a device that never had it
	await person.button("passkey_unlock").click();
	await expect(person.says("passkey_cancelled")).toBeVisible();
	await expect(person.button("passkey_unlock")).toBeFocused();
	await person.unlock();
	await person.isOpen();
});

test("with an account a passkey is mailed of and stands in the timeline; other devices follow, and new keys keep what was touched", async ({
	person,
	device,
	mailbox,
	network,
}) => {
	test.setTimeout(300_000);
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const other = await device("B");
	await other.takeUp();
	await Authenticator.of(person.page);
	await openPasskeys(person);
	await add(person, "One");
	await expect(person.says("passkeys_add_done")).toBeVisible({ timeout: 60_000 });
	const notice = await mailbox.next();
	expect(notice.subject).toBe(person.t("mail_passkey_added_subject"));
	expect(() => codeIn(notice)).toThrow("no code");
	const before = digest(await entries(person));

	await other.sync();
	await openPasskeys(other);
	await expect(listed(other, other.t("passkeys_elsewhere"))).toBeVisible();
	await other.lock();
	await expect(other.says("passkey_elsewhere")).toBeVisible();
	await other.unlock();
	await other.isOpen();

	await person.lock();
	network.down(true);
	await openByPasskey(person);
	network.down(false);
	await person.sync();

	await person.open("settings");
	await person.button("settings_master_change").click();
	await person.secret("change_old").fill(person.master);
	await person.secret("change_new").fill(NEW);
	await person.secret("create_again").fill(NEW);
	await person.withoutCode();
	await expect(person.says("passkeys_ends", { name: "One" })).toBeVisible();
	await person.button("passkeys_keep", { name: "One" }).click();
	await expect(person.says("passkeys_kept", { name: "One" })).toBeVisible();
	await person.button("change_submit").click();
	await expect(person.says("change_done")).toBeVisible({ timeout: 60_000 });
	await person.lock();
	await openByPasskey(person);
	expect(digest(await entries(person))).toBe(before);

	await person.changeMaster(NEW, person.master);
	// What was said of the first change may still stand there.
	await expect(person.button("settings_master_change")).toBeVisible({ timeout: 60_000 });
	await person.lock();
	await expect(person.button("passkey_unlock")).toHaveCount(0);
	await person.unlock();
	await person.isOpen();
	await person.open("account");
	await person.button("timeline_open").click();
	await person.secret("connect_password").fill(person.account.password);
	await person.button("timeline_password_submit").click();
	await expect(person.says("timeline_event_passkey_added")).toBeVisible();
});
