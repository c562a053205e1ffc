import { expect, type Page } from "@playwright/test";
import { Authenticator } from "./authenticator.ts";
import { Danger } from "./danger.ts";
import type { Rig } from "./fixtures.ts";
import { everyday } from "./logins.ts";
import { wrongCode } from "./mail.ts";

type See = (page: Page, name: string) => Promise<void>;

/** Goes through every page there is, in one life of a vault, and lets `see` look at each. */
export async function everyPage(
	{ person, mailbox }: Pick<Rig, "person" | "mailbox">,
	see: See,
): Promise<void> {
	const { page, t } = person;
	await expect(person.heading("welcome_title")).toBeVisible();
	await see(page, "welcome");
	await person.button("welcome_create").click();
	await person.secret("create_password").fill("password");
	await expect(page.getByRole("status")).toBeVisible();
	await see(page, "create");
	await page.goto(person.browser.address("app"));
	await person.createVault();
	await see(page, "vault-empty");

	await person.open("import");
	await see(page, "import");
	await person.pick(everyday());
	await see(page, "import-preview");
	await person.take(everyday().length);
	await see(page, "import-done");
	await person.open("vault");
	const list = page.getByRole("list", { name: t("list_scope", { scope: t("vault_title") }) });
	await expect(list.getByRole("link").first()).toBeVisible();
	await see(page, "vault");
	await page.getByRole("searchbox").fill("b");
	await expect(list.getByRole("link", { name: /^Bank/ })).toBeVisible();
	await see(page, "vault-search");
	await page.keyboard.press("Control+k");
	const palette = page.getByRole("dialog", { name: t("palette_title") });
	await expect(palette.getByRole("option").first()).toBeVisible();
	await see(page, "palette");
	await page.keyboard.type("bank");
	await expect(palette.getByRole("option", { name: /^Bank/ })).toBeVisible();
	await see(page, "palette-entries");
	await page.keyboard.press("Escape");
	await list.getByRole("link").first().click();
	await expect(person.button("item_edit")).toBeVisible();
	await see(page, "item");
	await person.button("item_edit").click();
	await expect(person.field("field_name")).toBeVisible();
	await see(page, "item-edit");
	await page.goto(person.browser.address("app", "#vault/new"));
	await expect(person.heading("edit_choose_title")).toBeVisible();
	await see(page, "item-new");
	await page.goto(person.browser.address("app", "#vault/new/card"));
	await expect(person.secret("field_card_number")).toBeVisible();
	await see(page, "item-new-card");
	await person.open("vault");
	await person.button("bulk_select").click();
	await person.button("bulk_all").click();
	await person.button("bulk_move").click();
	await expect(person.secret("bulk_folder")).toBeVisible();
	await see(page, "vault-select");
	await person.button("bulk_done").click();
	await person.open("trash");
	await see(page, "trash");
	await person.open("account");
	await expect(person.heading("account_none_title")).toBeVisible();
	await see(page, "account-none");
	await person.open("settings");
	await expect(person.heading("settings_title")).toBeVisible();
	await see(page, "settings-unconnected");
	await making(person, see);
	await person.open("health");
	await expect(page.getByRole("img")).toBeVisible();
	await expect(page.getByRole("progressbar")).toHaveCount(0);
	await see(page, "health");
	await files(person, see);
	await codes(person, see);
	await ways(person, see);

	const alone = await Danger.from(person, "clear_this_device");
	await see(alone.page, "clear-unconnected");
	await alone.button("keep_everything").click();
	await see(alone.page, "kept");
	await alone.page.close();

	await page.goto(person.browser.address("app", "#connect"));
	await expect(person.heading("connect_title")).toBeVisible();
	await see(page, "connect");
	await person.connectNew();
	await see(page, "settings");
	await person.button("settings_export").click();
	await page.getByRole("radio", { name: t("export_csv") }).check();
	await see(page, "export");
	await person.secret("export_master").fill(person.master);
	await person.button("export_continue").click();
	await expect(person.heading("export_lost")).toBeVisible({ timeout: 60_000 });
	await see(page, "export-review");
	await person.button("export_other").click();
	await page.getByRole("radio", { name: t("export_kdbx") }).check();
	await person.secret("export_master").fill(person.master);
	await person.button("export_continue").click();
	await expect(person.secret("export_password")).toBeVisible({ timeout: 60_000 });
	await see(page, "export-sealed");
	await person.open("account");
	await expect(page.getByText(`· ${t("account_this_device")}`)).toBeVisible();
	await see(page, "account");
	await person.button("timeline_open").click();
	await expect(person.heading("timeline_password_title")).toBeVisible();
	await see(page, "timeline-password");
	await person.secret("connect_password").fill(person.account.password);
	await person.button("timeline_password_submit").click();
	await expect(page.getByText(t("timeline_verified"), { exact: true })).toBeVisible();
	await see(page, "timeline");

	const here = await Danger.from(person, "clear_this_device");
	await here.page.getByRole("radio", { name: t("leave_nothing") }).check();
	await see(here.page, "clear-connected");
	await here.button("keep_everything").click();
	await here.page.close();

	const danger = await Danger.from(person, "clear_everywhere");
	await see(danger.page, "loss");
	await danger.sendCode();
	const mail = await mailbox.next();
	await expect(danger.says("code_no_mail")).toBeVisible();
	await see(danger.page, "code");
	await danger.type(wrongCode(mail));
	await expect(danger.says("code_wrong_other", { n: 4 })).toBeVisible();
	await see(danger.page, "code-wrong");
	await danger.confirm(mail);
	await danger.isDone();
	await see(danger.page, "done");
	await person.page.goto(person.browser.address("app"));
	await expect(person.heading("welcome_empty_title")).toBeVisible();
	await see(page, "welcome-cleared");
	await danger.button("done_undo").click();
	await expect(danger.page.getByRole("list", { name: t("restore_title") })).toBeVisible();
	await see(danger.page, "restore");
	await danger.page.close();

	await page.goto(person.browser.address("popup"));
	await expect(person.heading("welcome_empty_title")).toBeVisible();
	await see(page, "popup-welcome");
	await page.goto(person.browser.address("app"));
	await person.createWithCode({ see: () => see(page, "sheet") });
	await person.open("settings");
	await person.button("recovery_renew").click();
	await expect(person.heading("recovery_title")).toBeVisible();
	await see(page, "recovery-renew");
	await person.open("settings");
	await person.button("settings_master_change").click();
	await expect(person.heading("change_title")).toBeVisible();
	await see(page, "change");
	await person.lock();
	await see(page, "unlock");
	await person.cannotUnlock();
	await see(page, "unlock-ways");
	await person.button("help_title").click();
	await expect(person.heading("help_title")).toBeVisible();
	await see(page, "help-locked");
	await page.getByRole("link", { name: t("help_back"), exact: true }).click();
	await expect(person.heading("help_index_title")).toBeVisible();
	await see(page, "help");
	for (const topic of ["confirm", "sync", "files", "filling", "codes", "operator", "keys"]) {
		await page.goto(person.browser.address("app", `#help/${topic}`));
		await expect(person.heading(`help_${topic}_title`)).toBeVisible();
		await see(page, `help-${topic}`);
	}
	await page.goto(person.browser.address("app"));
	await person.button("recovery_use").click();
	await see(page, "unlock-code");
	await person.button("recovery_use_password").click();
	const forgotten = await Danger.forgot(person);
	await see(forgotten.page, "forgotten-way");
	await forgotten.button("way_go").click();
	await expect(forgotten.heading("act_reset_master_password")).toBeVisible();
	await see(forgotten.page, "forgotten-loss");
	await forgotten.choose("password");
	await expect(forgotten.says("create_weak")).toBeVisible();
	await see(forgotten.page, "forgotten-fresh");
	await forgotten.page.close();
	await page.goto(person.browser.address("popup"));
	await expect(person.secret("unlock_password")).toBeVisible();
	await see(page, "popup-unlock");
	await person.unlock();
	await person.isOpen();
	await see(page, "popup-vault");
	await page.goto(person.browser.address("app", "#settings"));
	const opens = person.browser.context.waitForEvent("page");
	await person.button("settings_master_forgotten").click();
	const renew = new Danger(person, await opens, "renew_master_password");
	await expect(renew.heading("act_renew_master_password")).toBeVisible();
	await see(renew.page, "renew-loss");
}

/** The generator: each kind, what it was used for, and over a form. */
async function making(person: Rig["person"], see: See): Promise<void> {
	const { page, t } = person;
	const made = page.locator("sg-generate .value");
	await person.open("generator");
	await expect(made).toHaveText(/./);
	await see(page, "generator");
	await person.button("copy", { what: t("what_password") }).click();
	await page.locator("sg-drawn summary").click();
	await expect(page.locator("sg-drawn").getByRole("listitem")).toHaveCount(1);
	await page.locator("sg-generate").getByText(t("generator_more"), { exact: true }).click();
	await see(page, "generator-more");
	for (const kind of ["passphrase", "user_name", "sub_address"]) {
		await page.getByRole("radio", { name: t(`generator_${kind}`), exact: true }).check({ force: true });
		const shown = kind === "sub_address" ? page.getByText(t("generator_refused_address")) : made;
		await expect(shown).toHaveText(/./);
		await see(page, `generator-${kind.replace("_", "-")}`);
	}
	await page.getByRole("radio", { name: t("generator_password"), exact: true }).check({ force: true });
	await page.goto(person.browser.address("popup", "#generator"));
	await expect(made).toHaveText(/./);
	await see(page, "popup-generator");
	await page.goto(person.browser.address("app", "#vault/new/login"));
	await person.button("generator_make_password").click();
	await expect(made).toHaveText(/./);
	await see(page, "generator-dialog");
	await page.keyboard.press("Escape");
}

/** An entry with a key for one-time codes. */
async function codes(person: Rig["person"], see: See): Promise<void> {
	const { page } = person;
	await person.open("vault");
	await person.begin("login");
	await person.field("field_name").fill("Forum");
	await person.secret("field_totp").fill("otpauth://totp/Forum:anna?secret=JBSWY3DPEHPK3PXP&issuer=Forum");
	await expect(person.says("otp_good_of", { who: "Forum · anna" })).toBeVisible();
	await see(page, "item-edit-code");
	await person.button("save").click();
	await expect(page.getByRole("timer")).toBeVisible();
	await see(page, "item-code");
}

/** An entry with files, and a file of another program that brings some. */
async function files(person: Rig["person"], see: See): Promise<void> {
	const { page, t } = person;
	await person.open("vault");
	await person.begin("document");
	await person.field("field_name").fill("Passport");
	await person.button("save").click();
	await expect(person.heading("item_files")).toBeVisible();
	const chosen = page.waitForEvent("filechooser");
	await person.button("files_attach").click();
	await (await chosen).setFiles({
		name: "passport.pdf",
		mimeType: "application/pdf",
		buffer: Buffer.alloc(70_000),
	});
	await expect(person.button("files_download", { name: "passport.pdf" })).toBeVisible();
	await see(page, "item-files");
	await person.open("import");
	const attachments = ["lease.pdf", "a plan of the house with a long name.png"];
	const buffer = Buffer.from(enpass("Flat", attachments));
	await page
		.getByLabel(t("import_file"))
		.setInputFiles({ name: "enpass.json", mimeType: "text/json", buffer });
	await expect(person.heading("import_preview")).toBeVisible();
	await see(page, "import-files");
}

/** Enpass's JSON: a note with attachments. */
function enpass(title: string, names: readonly string[]): string {
	const data = Buffer.from("%PDF").toString("base64");
	const attachments = names.map((name) => ({ name, kind: "application/pdf", data }));
	const note = { category: "note", template_type: "note.default", trashed: 0, archived: 0, favorite: 0 };
	return JSON.stringify({ folders: [], items: [{ ...note, title, note: "x", attachments }] });
}

/** What opens the vault beside the master password, and what a guess at that costs. */
async function ways(person: Rig["person"], see: See): Promise<void> {
	const { page } = person;
	const authenticator = await Authenticator.of(page);
	await person.open("settings");
	await person.button("settings_passkeys").click();
	await expect(person.heading("passkeys_title")).toBeVisible();
	await see(page, "passkeys-none");
	await person.button("passkeys_add").click();
	await person.field("passkeys_name").fill("Laptop");
	await see(page, "passkeys-add");
	await person.secret("unlock_password").fill(person.master);
	await person.button("passkeys_add").click();
	await expect(person.says("passkeys_add_done")).toBeVisible({ timeout: 60_000 });
	await see(page, "passkeys");
	await person.lock();
	await see(page, "unlock-passkey");
	await person.unlock();
	await person.isOpen();
	await authenticator.unplug();
	await person.open("settings");
	await person.button("settings_kdf").click();
	await expect(person.heading("kdf_title")).toBeVisible();
	await see(page, "derivation");
}
