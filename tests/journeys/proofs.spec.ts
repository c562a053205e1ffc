import type { Page } from "@playwright/test";
import type { Act } from "../../extension/wasm/sigill.js";
import { expectAccessible } from "../rig/axe.ts";
import type { Browser } from "../rig/browser.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import { MOMENTS, type Moment, NOT_LINKED, PASSWORD_STEP } from "../rig/moments.ts";
import { answering, asked, askedBy, CONNECTED, failing, loss, OFF, operation, scene } from "../rig/scenes.ts";
import { texts } from "../rig/texts.ts";

const test = base.extend<{ theme: "light" | "dark"; stage: Browser }>({
	theme: ["light", { option: true }],
	stage: async ({ language, theme, pool }, use, info) => {
		await pool.lend("A", { language, theme }, use, () => info.status === info.expectedStatus);
	},
});

const t = texts("en");
const button = (page: Page, key: string) => page.getByRole("button", { name: t(key), exact: true });
const heading = (page: Page, key: string) => page.getByRole("heading", { name: t(key), exact: true });
const password = (page: Page) => page.getByLabel(t("connect_password"), { exact: true });

function open(browser: Browser, { place, hash, answers }: Moment, more = {}): Promise<Page> {
	return scene(browser, place, hash, { ...answers, ...more });
}

function* inFives(moments: readonly Moment[]): Generator<readonly Moment[]> {
	for (let at = 0; at < moments.length; at += 5) yield moments.slice(at, at + 5);
}

for (const theme of ["light", "dark"] as const) {
	test.describe(() => {
		test.use({ theme });
		for (const some of inFives(MOMENTS)) {
			const names = some.map(({ name }) => name).join(", ");
			test(`axe finds nothing in ${names} (${theme})`, async ({ stage }) => {
				for (const moment of some) {
					const page = await open(stage, moment);
					await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
					await expectAccessible(page, moment.name);
					await page.close();
				}
			});
		}
	});
}

test("S9: the password step says how far it reaches and which password it is not", async ({ stage }) => {
	const page = await open(stage, PASSWORD_STEP);
	await expect(heading(page, "password_title")).toBeVisible();
	await expect(page.getByText(t("password_clear_text"), { exact: true })).toBeVisible();
	await expect(password(page)).toBeFocused();
	await expect(page.getByRole("textbox", { name: t("code_label") })).toHaveCount(0);
});

test("S12: a wrong account password is named so, with the tries that are left", async ({ stage }) => {
	const page = await open(stage, PASSWORD_STEP, { prove: failing("proof_rejected", 4) });
	await password(page).fill("not the account password");
	await button(page, "act_clear_this_device").click();
	await expect(page.getByText(t("password_wrong_other", { n: 4 }))).toBeVisible();
	expect(await askedBy(page)).toContain("prove");
});

test("an account password that opens the vault is not sent", async ({ stage }) => {
	const page = await open(stage, PASSWORD_STEP, { isMasterPassword: true });
	await password(page).fill("the master password");
	await button(page, "act_clear_this_device").click();
	await expect(page.getByText(t("password_is_master"))).toBeVisible();
	expect(await askedBy(page)).not.toContain("prove");
});

test("S10: what sync off rules out says so, and the way is to turn it on", async ({ stage }) => {
	const needs = { kind: "refused", reason: "sync_is_off" } as const;
	for (const act of ["replace_cloud", "clear_everywhere"] as const) {
		const page = await scene(stage, "danger", `#${act}`, { status: OFF, loss: loss({ act }, needs) });
		await expect(heading(page, `act_${act}`)).toBeVisible();
		await expect(page.getByText(t("refused_sync_is_off"))).toBeVisible();
		await expect(button(page, "send_code")).toHaveCount(0);
		await button(page, "act_turn_sync_on").click();
		await expect(page.getByRole("button", { name: t("keep_everything") })).toBeVisible();
		await page.close();
	}
});

/** Every act that an account's person can open a page for. */
const ACTS = [
	"clear_this_device",
	"clear_everywhere",
	"replace_cloud",
	"restore_device",
	"reset_master_password",
	"renew_master_password",
	"turn_sync_off",
	"turn_sync_on",
	"disconnect",
] as const satisfies readonly Act["act"][];

test("S16: without an account password the page says why before anything can be typed, whatever the act", async ({
	stage,
}) => {
	const needs = { kind: "refused", reason: "account_not_linked" } as const;
	for (const act of ACTS) {
		const page = await open(stage, NOT_LINKED, { loss: loss({ act }, needs) });
		await page.goto(stage.address("danger", `#${act}`));
		if (act === "reset_master_password") await button(page, "way_go").click();
		await expect(heading(page, "not_linked_title"), act).toBeVisible();
		await expect(page.getByText(t("not_linked_text", { provider: "Example" }))).toBeVisible();
		await expect(button(page, "not_linked_choose")).toBeVisible();
		await expect(page.locator("input")).toHaveCount(0);
		expect(await askedBy(page)).not.toContain("ask");
		await page.close();
	}
});

test("the text that no gateway took names itself, and the other ways beside it", async ({ stage }) => {
	const phase = asked(5, ["text_message_code"]);
	const factor = phase.factor && { ...phase.factor, text: "bounced" as const };
	const begun = operation({ act: "clear_this_device" }, { ...phase, factor });
	const answers = { status: { ...OFF, unfinished: begun }, operation: begun };
	const page = await scene(stage, "danger", "#resume", answers);
	await expect(page.getByText(t("text_bounced"))).toBeVisible();
	const ways = new Intl.ListFormat("en", { type: "disjunction" }).format([
		t("factor_authenticator"),
		t("factor_backup_code"),
	]);
	await expect(page.getByText(t("factor_another_way", { ways }))).toBeVisible();
	await expect(page.getByRole("button", { name: t("portal_lost_factor_link") })).toBeVisible();
});

test("a receipt that does not hold and an answer without sense are named, and said to have changed nothing", async ({
	stage,
}) => {
	for (const code of ["receipt_rejected", "service_garbage"]) {
		const begun = operation({ act: "clear_everywhere" }, asked());
		const answers = { status: { ...CONNECTED, unfinished: begun }, operation: begun, prove: failing(code) };
		const page = await scene(stage, "danger", "#resume", answers);
		await page.getByRole("textbox", { name: t("code_label") }).fill("4821 7730");
		await button(page, "act_clear_everywhere").click();
		await expect(page.getByText(t(`error_${code}`))).toBeVisible();
		await expect(heading(page, "done_title")).toHaveCount(0);
		await page.close();
	}
});

test("S36: once a year the account's page asks for the address, and a press answers", async ({ stage }) => {
	const account = {
		email: "anna@person.example",
		service: "",
		devices: [],
		waits: [],
		takenBackUntil: undefined,
	};
	const page = await scene(stage, "app", "#account", {
		account: { ...account, askAddress: true },
		addressIsMine: { ...account, askAddress: false },
		hear: CONNECTED,
	});
	const question = page.getByText(t("address_question", { email: "anna@person.example" }));
	await expect(question).toBeVisible();
	await button(page, "address_mine").click();
	await expect(question).toHaveCount(0);
	expect(await askedBy(page)).toContain("addressIsMine");
});

test("S24: the page that waits goes on by itself once the account has a password", async ({ stage }) => {
	const page = await open(stage, NOT_LINKED);
	await expect(heading(page, "not_linked_title")).toBeVisible();
	await answering(page, { loss: loss({ act: "clear_this_device" }) });
	await expect(heading(page, "not_linked_done_title")).toBeVisible();
	await expect(button(page, "send_code")).toBeVisible();
	expect(await askedBy(page)).not.toContain("ask");
});

test("a hold is lifted by a factor: the first press asks for the text, the second brings the code", async ({
	stage,
}) => {
	const until = Math.floor(Date.now() / 1000) + 3600;
	const page = await scene(stage, "app", "#account", {
		status: { ...CONNECTED, held: { until, lifts: "factor", canVeto: false } },
		liftHoldByFactor: failing("second_factor_needed"),
	});
	await expect(page.getByText(t("held_way_factor"))).toBeVisible();
	await expect(button(page, "portal_wait_stop")).toHaveCount(0); // somebody said no before
	await button(page, "held_lift").click();
	await page.getByRole("textbox", { name: t("connect_factor") }).fill("4821 7730");
	await answering(page, { liftHoldByFactor: CONNECTED, status: CONNECTED });
	await button(page, "held_lift").click();
	await expect(page.getByText(t("held_way_factor"))).toHaveCount(0);
	expect((await askedBy(page)).filter((method) => method === "liftHoldByFactor")).toHaveLength(2);
});
