import { expect, type Locator, type Page, test } from "@playwright/test";
import { codeIn, type Mail } from "./mail.ts";
import type { Person } from "./person.ts";
import { pattern } from "./texts.ts";

export type Door = "clear_this_device" | "clear_everywhere" | "replace_cloud" | "disconnect" | "restore";
export type Act =
	| "clear_this_device"
	| "clear_everywhere"
	| "replace_cloud"
	| "restore_cloud"
	| "restore_device"
	| "turn_sync_off"
	| "turn_sync_on"
	| "disconnect"
	| "reset_master_password"
	| "renew_master_password";

/** A danger page, in the tab of its own that it opens in. */
export class Danger {
	constructor(
		readonly person: Person,
		readonly page: Page,
		readonly act: Act,
	) {}

	/** Opens the page from the settings, as a person does. */
	static async from(person: Person, door: Exclude<Door, "restore">): Promise<Danger> {
		return test.step(`open ${door}`, async () => {
			await person.open("settings");
			const opens = person.browser.context.waitForEvent("page");
			await person.button(`link_${door}`).click();
			const danger = new Danger(person, await opens, door);
			await expect(danger.heading(`act_${door}`)).toBeVisible();
			return danger;
		});
	}

	/** From the locked vault of a person who forgot its master password: the whole way, shown first. */
	static async forgot(person: Person): Promise<Danger> {
		return test.step("forgot the master password", async () => {
			await person.cannotUnlock();
			const opens = person.browser.context.waitForEvent("page");
			await person.button("link_reset_master_password").click();
			const danger = new Danger(person, await opens, "reset_master_password");
			await expect(danger.heading("way_title")).toBeVisible();
			await danger.showsTheWholeWay();
			return danger;
		});
	}

	/** What comes, in its order: signing in where there is an account, what is lost, a new password, and the proof last. */
	private async showsTheWholeWay(): Promise<void> {
		const { t } = this.person;
		const steps = this.page.getByRole("list", { name: t("way_steps") }).getByRole("listitem");
		const texts = (await steps.allInnerTexts()).map((text) => text.trim());
		const signIn = [t("way_sign_in"), pattern(t("way_signed_in"))];
		const first = texts.length === 4 ? [signIn] : [];
		const last = texts.length === 4 ? [t("way_code"), t("way_proofs")] : [t("way_phrase")];
		const wanted = [...first, [t("way_loss")], [t("way_password")], last];
		expect(texts.length).toBe(wanted.length);
		for (const [at, ways] of wanted.entries()) {
			const text = texts[at] ?? "";
			const is = ways.some((way) => (typeof way === "string" ? text.startsWith(way) : way.test(text)));
			expect(is, `step ${at + 1}: ${text}`).toBe(true);
		}
	}

	/** The same, on to what would be lost. */
	static async forgotten(person: Person): Promise<Danger> {
		const danger = await Danger.forgot(person);
		await danger.button("way_go").click();
		await expect(danger.heading("act_reset_master_password")).toBeVisible();
		return danger;
	}

	/** From the loss on: a new master password, typed twice. */
	async choose(master: string): Promise<void> {
		await this.button("fresh_choose").click();
		await this.person.secret("create_password", this.page).fill(master);
		await this.person.secret("create_again", this.page).fill(master);
		await this.person.withoutCode(this.page);
	}

	/** Opens the page that turns sync off or on, from the settings too. */
	static async turningSync(person: Person, act: "turn_sync_off" | "turn_sync_on"): Promise<Danger> {
		return test.step(`open ${act}`, async () => {
			await person.open("settings");
			const opens = person.browser.context.waitForEvent("page");
			await person.button(act === "turn_sync_off" ? "sync_turn_off" : "sync_turn_on").click();
			const danger = new Danger(person, await opens, act);
			await expect(danger.heading(`act_${act}`)).toBeVisible();
			return danger;
		});
	}

	heading(key: string): Locator {
		return this.person.heading(key, {}, this.page);
	}

	button(key: string): Locator {
		return this.person.button(key, {}, this.page);
	}

	says(key: string, params: Record<string, string | number> = {}): Locator {
		return this.person.says(key, params, this.page);
	}

	get code(): Locator {
		return this.person.field("code_label", this.page);
	}

	/** The four words that the page shows. */
	async words(name = "code_words"): Promise<string[]> {
		return this.page
			.getByRole("list", { name: this.person.t(name) })
			.getByRole("listitem")
			.allInnerTexts();
	}

	/** Sees the loss and asks for the code. */
	async sendCode(): Promise<void> {
		await test.step("ask for the code", async () => {
			await this.button("send_code").click();
			await expect(this.code).toBeVisible();
		});
	}

	get password(): Locator {
		return this.person.secret("connect_password", this.page);
	}

	get texted(): Locator {
		return this.person.field("text_label", this.page);
	}

	/** Sees the loss and goes on to the account password. */
	async askPassword(): Promise<void> {
		await test.step("go on to the password", async () => {
			await this.button("ask_password").click();
			await expect(this.heading("password_title")).toBeVisible();
		});
	}

	/** Types an account password and presses the button that goes on. */
	async typePassword(password: string, goesOn: "act" | "code" = "act"): Promise<void> {
		await this.password.fill(password);
		await this.button(goesOn === "act" ? `act_${this.act}` : "password_next").click();
	}

	/** Types a code and presses the button that names the act. */
	async type(code: string): Promise<void> {
		await this.code.fill(code);
		await this.button(`act_${this.act}`).click();
	}

	/** Types the code of a text message, where it is the only thing that is asked for. */
	async typeText(code: string): Promise<void> {
		await this.texted.fill(code);
		await this.button(`act_${this.act}`).click();
	}

	async confirm(mail: Mail): Promise<void> {
		await test.step("type the code", () => this.type(codeIn(mail)));
	}

	async isDone(): Promise<void> {
		await expect(this.heading("done_title")).toBeVisible({ timeout: 30_000 });
		await expect(this.says(DONE[this.act])).toBeVisible();
	}

	/** From the page that says it is done to the one that brings it back. */
	async undo(act: "restore_cloud" | "restore_device"): Promise<Danger> {
		await this.button("done_undo").click();
		await expect(this.heading("restore_title")).toBeVisible();
		const choices = {
			restore_cloud: pattern(this.person.t("restore_choose")),
			restore_device: this.person.t("restore_choose_device"),
		};
		await this.page.getByRole("button", { name: choices[act] }).first().click();
		await expect(this.heading(`act_${act}`)).toBeVisible();
		return new Danger(this.person, this.page, act);
	}
}

const DONE: Readonly<Record<Act, string>> = {
	clear_this_device: "done_clear_this_device",
	clear_everywhere: "done_clear_everywhere",
	replace_cloud: "done_replace_cloud",
	restore_cloud: "done_restore",
	restore_device: "done_restore",
	turn_sync_off: "done_turn_sync_off",
	turn_sync_on: "done_turn_sync_on",
	disconnect: "done_disconnect",
	reset_master_password: "done_reset_master_password",
	renew_master_password: "done_renew_master_password",
};
