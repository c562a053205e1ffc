import { writeFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../rig/fixtures.ts";
import { csv, everyday } from "../rig/logins.ts";
import { codeIn } from "../rig/mail.ts";
import { Overlay } from "../rig/overlay.ts";
import type { Person } from "../rig/person.ts";
import { fields, SIGN_IN, sites } from "../rig/sites.ts";

/** From the first page to a login that is filled in: no more clicks and fields than these. */
const MOST = 12;
/** What the machine may take of it; printed, as it depends on the machine. */
const GOAL_S = 10;

/** Counts what a person does, and how long each time they wait for what comes next. */
class Acts {
	count = 0;
	private waited = 0;

	/** One click or one field, and what is ready after it. */
	async act(act: () => Promise<unknown>, ready: Locator | (() => Promise<unknown>)): Promise<void> {
		this.count += 1;
		const begun = performance.now();
		await act();
		await (typeof ready === "function" ? ready() : ready.waitFor());
		this.waited += performance.now() - begun;
	}

	print(what: string, goal: string): void {
		const seconds = (this.waited / 1000).toFixed(1);
		console.log(`${what}: ${this.count} acts, ${seconds} s of machine time (${goal})`);
	}
}

const URL = "https://bank.example/login";

/** A vault with a recovery code; its sheet is put away for now. */
async function created(person: Person, acts: Acts): Promise<void> {
	const password = person.secret("create_password");
	const again = person.secret("create_again");
	await acts.act(() => person.button("welcome_create").click(), password);
	await acts.act(() => password.fill(person.master), again);
	await acts.act(() => again.fill(person.master), person.button("create_submit"));
	await acts.act(() => person.button("create_submit").click(), person.button("recovery_print"));
	await acts.act(() => person.button("recovery_later").click(), person.heading("empty_title"));
}

/** On the site, whose form waits. */
async function visited(person: Person): Promise<Page> {
	await sites(person.browser.context, { [URL]: SIGN_IN, "https://bank.example/in": "<h1>Welcome</h1>" });
	const page = await person.browser.context.newPage();
	await page.goto(URL);
	return page;
}

/** The field and its menu, until both are filled in. */
async function filled(page: Page, acts: Acts, login: { user: string; word: string }): Promise<void> {
	const overlay = new Overlay(page);
	const { user, word } = fields(page);
	await acts.act(
		() => user.click(),
		() => overlay.sees("menuitem", login.user),
	);
	await acts.act(
		() => overlay.press("menuitem", login.user),
		() => expect(word).toHaveValue(login.word),
	);
	await expect(user).toHaveValue(login.user);
}

function enough(acts: Acts, what: string): void {
	acts.print(what, `at most ${MOST} acts; goal ${GOAL_S} s`);
	expect(acts.count).toBeLessThanOrEqual(MOST);
}

test("from the first page to a filled login in at most twelve acts, by a first entry", async ({ person }) => {
	const acts = new Acts();
	await created(person, acts);
	const { page } = person;
	await acts.act(() => person.button("empty_add").click(), person.field("item_username"));
	const website = page.getByRole("textbox", { name: person.t("custom_url"), exact: true });
	await acts.act(() => website.fill("bank.example"), website);
	await acts.act(() => person.field("item_username").fill("anna"), website);
	await acts.act(() => person.secret("item_password").fill("correct horse"), website);
	const made = page.getByRole("heading", { name: "bank.example", exact: true });
	await acts.act(() => person.button("save").click(), made);
	await filled(await visited(person), acts, { user: "anna", word: "correct horse" });
	enough(acts, "a first entry");
});

test("from the first page to a filled login in at most twelve acts, by signing in as usual", async ({
	person,
}) => {
	const acts = new Acts();
	await created(person, acts);
	const page = await visited(person);
	const overlay = new Overlay(page);
	const { user, word } = fields(page);
	await acts.act(() => user.fill("anna"), word);
	await acts.act(() => word.fill("correct horse"), word);
	await acts.act(
		() => page.getByRole("button").click(),
		() => overlay.sees("button", person.t("inpage_save")),
	);
	await acts.act(
		() => overlay.press("button", person.t("inpage_save")),
		() => overlay.sees("StaticText", person.t("inpage_saved")),
	);
	await page.goto(URL);
	await filled(page, acts, { user: "anna", word: "correct horse" });
	enough(acts, "what was typed on the site");
});

test("from the first page to a filled login in at most twelve acts, by an import", async ({
	person,
}, info) => {
	const acts = new Acts();
	await created(person, acts);
	await imported(person, acts, info.outputPath("Chrome Passwords.csv"));
	await filled(await visited(person), acts, { user: "anna", word: everyday()[0]?.password ?? "" });
	enough(acts, "an import");
});

/** The file is chosen in the browser's own window: one act with the button that opens it. */
async function imported(person: Person, acts: Acts, file: string): Promise<void> {
	const { page, t } = person;
	writeFileSync(file, csv(everyday()));
	const n = everyday().length;
	const chosen = page.getByLabel(t("import_file"));
	await acts.act(() => person.button("empty_import").click(), person.heading("import_title"));
	await acts.act(() => chosen.setInputFiles(file), person.heading("import_preview"));
	await acts.act(
		() => person.button("import_do_other", { n }).click(),
		person.heading("import_done_other", { n }),
	);
}

test("an empty vault offers to bring passwords over, to add one and to connect; the two that take most are soon done", async ({
	person,
	mailbox,
}, info) => {
	const acts = new Acts();
	await created(person, acts);
	for (const way of ["empty_import", "empty_add", "empty_connect"]) {
		await expect(person.button(way)).toBeVisible();
	}
	await acts.act(
		() => person.button("empty_connect").click(),
		person.page.getByRole("radio", { name: person.t("connect_way_up"), exact: true }),
	);
	await connected(person, acts, async () => codeIn(await mailbox.next()));
	await expect(person.heading("empty_title")).toBeVisible();
	await expect(person.button("empty_connect")).toBeHidden();
	await imported(person, acts, info.outputPath("Chrome Passwords.csv"));
	acts.print("import and connect", "goal two minutes, a person's thinking included");
});

async function connected(person: Person, acts: Acts, code: () => Promise<string>): Promise<void> {
	const { page, t, account } = person;
	const up = page.getByRole("radio", { name: t("connect_way_up"), exact: true });
	if (!(await up.isChecked())) await acts.act(() => up.check({ force: true }), person.field("connect_email"));
	await acts.act(() => person.field("connect_email").fill(account.email), person.secret("connect_password"));
	await acts.act(
		() => person.secret("connect_password").fill(account.password),
		person.button("connect_submit_up"),
	);
	await acts.act(() => person.button("connect_submit_up").click(), person.field("verify_code"));
	const digits = await code();
	await acts.act(() => person.field("verify_code").fill(digits), person.button("verify_submit"));
	await acts.act(() => person.button("verify_submit").click(), person.secret("unlock_password"));
	await acts.act(() => person.secret("unlock_password").fill(person.master), person.button("found_here_do"));
	await acts.act(() => person.button("found_here_do").click(), person.heading("nav_vault"));
}
