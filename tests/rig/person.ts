import { writeFileSync } from "node:fs";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Kind } from "../../extension/wasm/sigill.js";
import type { Browser } from "./browser.ts";
import { csv, type Login } from "./logins.ts";
import { codeIn, type Mailbox } from "./mail.ts";
import { type Language, pattern, type Texts, texts } from "./texts.ts";

export interface Account {
	readonly email: string;
	readonly password: string;
}

/** Somebody at a device, who reads what the page says and does what a person can do. */
export class Person {
	readonly t: Texts;
	readonly master = "korrekt häst batteri häftklammer 7";

	constructor(
		readonly browser: Browser,
		readonly page: Page,
		readonly language: Language,
		private readonly mailbox: Mailbox,
		readonly account: Account,
	) {
		this.t = texts(language);
	}

	static async at(
		browser: Browser,
		{ language, mailbox, account }: { language: Language; mailbox: Mailbox; account: Account },
	): Promise<Person> {
		return new Person(browser, await browser.page("app"), language, mailbox, account);
	}

	// what is on the page

	button(key: string, params: Record<string, string | number> = {}, page: Page = this.page): Locator {
		return page.getByRole("button", { name: this.t(key, params), exact: true });
	}

	heading(key: string, params: Record<string, string | number> = {}, page: Page = this.page): Locator {
		return page.getByRole("heading", { name: this.t(key, params), exact: true });
	}

	field(key: string, page: Page = this.page): Locator {
		return page.getByRole("textbox", { name: this.t(key), exact: true });
	}

	secret(key: string, page: Page = this.page): Locator {
		return page.getByLabel(this.t(key), { exact: true });
	}

	/** A text wherever it stands, with any value in the places that are left open. */
	says(key: string, params: Record<string, string | number> = {}, page: Page = this.page): Locator {
		return page.getByText(pattern(this.t(key, params)));
	}

	async open(
		door: "vault" | "generator" | "health" | "trash" | "import" | "account" | "settings",
	): Promise<void> {
		const ways = this.page.getByRole("navigation", { name: this.t("nav"), exact: true });
		const way = ways.getByRole("link", { name: this.t(`nav_${door}`), exact: true });
		const more = ways.getByRole("button", { name: this.t("nav_more"), exact: true });
		await expect(way.or(more).first()).toBeVisible();
		if (!(await way.isVisible())) await more.click();
		await way.click();
	}

	// the vault

	async createVault(name = this.t("create_name_value")): Promise<void> {
		await test.step("create a vault", async () => {
			await this.button("welcome_create").click();
			await this.field("create_name").fill(name);
			await this.secret("create_password").fill(this.master);
			await this.secret("create_again").fill(this.master);
			await this.withoutCode();
			await this.button("create_submit").click();
			await this.isOpen();
		});
	}

	/** Creates a vault with a recovery code; `see` looks at its sheet. */
	async createWithCode({ name = this.t("create_name_value"), see = async () => {} } = {}): Promise<string> {
		return test.step("create a vault with a recovery code", async () => {
			await this.button("welcome_create").click();
			await this.field("create_name").fill(name);
			await this.secret("create_password").fill(this.master);
			await this.secret("create_again").fill(this.master);
			await this.button("create_submit").click();
			await expect(this.button("recovery_print")).toBeVisible();
			await see();
			return this.takeSheet();
		});
	}

	/** Wants no recovery code for the vault that is about to be made. */
	async withoutCode(page: Page = this.page): Promise<void> {
		await page.getByRole("checkbox", { name: this.t("recovery_make"), exact: true }).uncheck();
	}

	/** Reads the code on the sheet that is shown, and says that it is on paper. */
	async takeSheet(page: Page = this.page): Promise<string> {
		const groups = page.getByLabel(this.t("recovery_code"), { exact: true }).locator("span");
		await expect(groups).toHaveCount(9);
		const code = (await groups.allInnerTexts()).join("-");
		await this.field("recovery_check", page).fill("ILOU"); // letters that no code has
		await this.button("recovery_have_it", {}, page).click();
		await expect(this.says("recovery_check_differs", {}, page)).toBeVisible();
		await this.field("recovery_check", page).fill(code.slice(-4).toLowerCase());
		await this.button("recovery_have_it", {}, page).click();
		return code;
	}

	async isOpen(): Promise<void> {
		await expect(this.button("nav_lock")).toBeVisible();
	}

	async lock(): Promise<void> {
		await this.button("nav_lock").click();
		await expect(this.secret("unlock_password")).toBeVisible();
	}

	/** Looks for what to do about a vault that doesn't open. */
	async cannotUnlock(): Promise<void> {
		const first = this.button("restore_link");
		await expect(this.button("unlock_submit")).toBeVisible();
		if (!(await first.isVisible())) await this.page.getByText(this.t("unlock_more"), { exact: true }).click();
		await expect(first).toBeVisible();
	}

	async unlock(password = this.master): Promise<void> {
		await this.secret("unlock_password").fill(password);
		await this.button("unlock_submit").click();
	}

	async add(name: string, username: string, password: string): Promise<void> {
		await test.step(`add ${name}`, async () => {
			await this.open("vault");
			await this.begin("login");
			await this.field("field_name").fill(name);
			await this.field("item_username").fill(username);
			await this.secret("item_password").fill(password);
			await this.button("save").click();
			await expect(this.page.getByRole("heading", { name, exact: true })).toBeVisible();
		});
	}

	/** A new entry of that kind; its form is open. */
	async begin(kind: Kind): Promise<void> {
		await this.button("item_add").click();
		await this.page.getByRole("link", { name: this.t(`kind_${kind}`), exact: true }).click();
		await expect(this.heading("edit_title_kind", { kind: this.t(`kind_${kind}`) })).toBeVisible();
	}

	async has(count: number): Promise<void> {
		await this.open("vault");
		const entries = this.t(count === 1 ? "entries_one" : "entries_other", { n: this.number(count) });
		await expect(this.page.getByRole("status").filter({ hasText: entries })).toBeVisible();
	}

	number(value: number): string {
		return new Intl.NumberFormat(this.language === "sv" ? "sv-SE" : "en-GB").format(value);
	}

	/** Seconds since 1970, as pages write a day and a time. */
	moment(at: number): string {
		const locale = this.language === "sv" ? "sv-SE" : "en-GB";
		return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(at * 1000);
	}

	async import(rows: readonly Login[]): Promise<void> {
		await test.step(`import ${rows.length} logins`, async () => {
			await this.open("import");
			await this.pick(rows);
			await this.take(rows.length);
		});
	}

	/** Picks a file with these logins; the page shows what it holds. */
	async pick(rows: readonly Login[]): Promise<void> {
		const file = test.info().outputPath("Chrome Passwords.csv");
		writeFileSync(file, csv(rows));
		await this.page.getByLabel(this.t("import_file")).setInputFiles(file);
		await expect(this.heading("import_preview")).toBeVisible();
	}

	async take(count: number): Promise<void> {
		const n = this.number(count);
		const form = count === 1 ? "one" : "other";
		await this.button(`import_do_${form}`, { n }).click();
		await expect(this.heading(`import_done_${form}`, { n })).toBeVisible({ timeout: 60_000 });
	}

	// the account

	async signUp(): Promise<void> {
		await this.fillConnect("connect_way_up");
		await expect(this.says("connect_email_hint_up")).toBeVisible(); // S36: can the mailbox be opened without Sigill?
		await this.button("connect_submit_up").click();
		await expect(this.heading("verify_title")).toBeVisible();
		await this.field("verify_code").fill(codeIn(await this.mailbox.next()));
		await this.button("verify_submit").click();
	}

	async signIn(): Promise<void> {
		await this.fillConnect("connect_way_in");
		await this.button("connect_submit_in").click();
	}

	private async fillConnect(way: "connect_way_in" | "connect_way_up"): Promise<void> {
		await this.page.goto(this.browser.address("app", "#connect"));
		await this.page.getByRole("radio", { name: this.t(way), exact: true }).check({ force: true });
		await this.field("connect_email").fill(this.account.email);
		await this.secret("connect_password").fill(this.account.password);
	}

	/** A new account for the vault that is here. */
	async connectNew(): Promise<void> {
		await test.step("connect a new account", async () => {
			await this.signUp();
			await this.bring();
			await expect(this.heading("nav_vault")).toBeVisible(); // it ends there, and would take us back there
			await this.isInStep();
		});
	}

	/** The vault here goes to the account, by its master password. */
	async bring(password = this.master): Promise<void> {
		await this.secret("unlock_password").fill(password);
		await this.button("found_here_do").click();
	}

	/** Finds out that the cloud holds another vault, without waiting for the minute to pass. */
	async meetsAnother(): Promise<void> {
		await this.open("settings");
		const paused = this.button("paused_decide").or(this.button("paused_type_new"));
		const look = this.button("sync_now");
		await expect(paused.or(look).first()).toBeVisible();
		if (!(await paused.isVisible())) await look.click();
		await paused.click();
	}

	/** Two vaults, by hand: the cloud's is taken, or both are kept. */
	async decide(way: "found_different_cloud" | "differs_both", password: string): Promise<void> {
		await this.secret("differs_password").fill(password);
		await this.button(way).click();
		await expect(this.heading("nav_vault")).toBeVisible(); // leaving the page would break it off
	}

	/** Another master password, without a recovery code. */
	async changeMaster(old: string, master: string): Promise<void> {
		await this.open("settings");
		await this.button("settings_master_change").click();
		await this.secret("change_old").fill(old);
		await this.secret("change_new").fill(master);
		await this.secret("create_again").fill(master);
		await this.withoutCode();
		await this.button("change_submit").click();
	}

	/** The master password was changed elsewhere: the new one is typed, and what was changed here comes along. */
	async follow(password: string): Promise<void> {
		await this.secret("differs_changed_password").fill(password);
		await this.button("differs_changed_take").click();
		await expect(this.heading("nav_vault")).toBeVisible();
	}

	/** This device takes up the vault that waits in the cloud. */
	async takeUp(): Promise<void> {
		await test.step("take up the cloud's vault", async () => {
			await this.signIn();
			await this.button("found_cloud_do").click();
			await this.unlock();
			await this.isOpen();
		});
	}

	async sync(): Promise<void> {
		await this.open("settings");
		const done = this.page.locator("sg-toasts").getByText(this.t("sync_done"), { exact: true });
		await expect(done).toBeHidden(); // that of a sync before would be taken for this one's
		await this.button("sync_now").click();
		await expect(done).toBeVisible({ timeout: 60_000 });
	}

	async isInStep(): Promise<void> {
		await this.open("settings");
		const text = pattern(this.t("sync_on"));
		await expect(this.page.getByRole("status").filter({ hasText: text })).toBeVisible({ timeout: 60_000 });
	}

	// what the session knows, for comparisons that no person would do by eye

	async ask<T>(method: string, ...args: unknown[]): Promise<T> {
		const answer = await this.page.evaluate((request) => chrome.runtime.sendMessage(request), {
			sigill: "call",
			method,
			args,
		});
		if (typeof answer !== "object" || answer === null || !("value" in answer)) {
			throw new Error(`${method} failed: ${JSON.stringify(answer)}`);
		}
		return answer.value as T;
	}
}
