import type { Page } from "@playwright/test";
import type { Item, PauseReason, Phase, Row, Status } from "../../extension/wasm/sigill.js";
import { expectAccessible } from "../rig/axe.ts";
import type { Browser } from "../rig/browser.ts";
import { test as base, expect } from "../rig/fixtures.ts";
import {
	asked,
	CONNECTED,
	DEVICE,
	differs,
	loss,
	operation,
	paused,
	scene,
	unfinished,
} from "../rig/scenes.ts";
import { texts } from "../rig/texts.ts";

const test = base.extend<{ theme: "light" | "dark"; stage: Browser }>({
	theme: ["light", { option: true }],
	stage: async ({ language, theme, pool }, use, info) => {
		await pool.lend("A", { language, theme }, use, () => info.status === info.expectedStatus);
	},
});

const EVERYWHERE = { act: "clear_everywhere" } as const;
const t = texts("en");

const button = (page: Page, key: string) => page.getByRole("button", { name: t(key), exact: true });
const heading = (page: Page, key: string) => page.getByRole("heading", { name: t(key), exact: true });

/** Each reason, and its ways on. */
const WAYS: Readonly<Record<Exclude<PauseReason, "cleared_here">, readonly string[]>> = {
	cloud_cleared: ["paused_keep_here", "paused_clear"],
	cloud_differs: ["paused_decide"],
	master_password_changed: ["paused_type_new"],
	cloud_restored: ["paused_take_cloud", "paused_replace"],
	rolled_back: ["again", "paused_replace"],
	unverified: ["again", "paused_replace"],
	outdated: ["again"],
	operation_pending: ["paused_operation_go"],
};

for (const theme of ["light", "dark"] as const) {
	test.describe(() => {
		test.use({ theme });
		test(`each reason that pauses sync says what happened, and the ways on (${theme})`, async ({ stage }) => {
			for (const [reason, ways] of Object.entries(WAYS)) {
				const page = await scene(stage, "app", "", { status: paused(reason as PauseReason) });
				const notice = page.getByRole("region", { name: t(`paused_${reason}_title`), exact: true });
				await expect(notice).toBeVisible();
				if (reason.startsWith("cloud") || reason === "master_password_changed")
					await expect(notice).toContainText(DEVICE);
				for (const way of ways) await expect(notice.getByRole("button", { name: t(way) })).toBeVisible();
				await expect(page.getByRole("heading", { level: 1 })).toBeVisible(); // what is below comes after it
				await expectAccessible(page, reason);
				await page.close();
			}
		});

		test(`each end of an act says that nothing has changed (${theme})`, async ({ stage }) => {
			for (const how of ["expired", "burnt", "superseded", "cancelled"] as const) {
				const status = unfinished(EVERYWHERE, { phase: "over", how });
				const page = await scene(stage, "danger", "#resume", { status });
				await expect(heading(page, `over_${how}_title`)).toBeFocused();
				await expect(page.getByText("Nothing has changed.")).toBeVisible();
				await expectAccessible(page, how);
				await page.close();
			}
		});

		test(`a damaged vault says that nothing was changed (${theme})`, async ({ stage }) => {
			const damaged: Status = { ...CONNECTED, vault: { state: "damaged", connected: true } };
			const page = await scene(stage, "app", "", { status: damaged });
			await expect(heading(page, "damaged_title")).toBeVisible();
			await expect(button(page, "welcome_download_again")).toBeVisible();
			await expectAccessible(page, "damaged");
		});
	});
}

test("a cloud that differs: who, when, what is at stake, and three ways on", async ({ stage }) => {
	const status = paused("cloud_differs");
	const page = await scene(stage, "app", "#differs", { status, differs: differs() });
	await expect(heading(page, "paused_cloud_differs_title")).toBeVisible();
	await expect(page.getByText(DEVICE)).toBeVisible();
	await expect(page.getByText(t("differs_pending_other", { n: 2 }))).toBeVisible();
	for (const way of ["found_different_cloud", "differs_both", "found_different_here"]) {
		await expect(button(page, way)).toBeVisible();
	}
	await expectAccessible(page, "differs");
});

test("an act goes on where it was, whatever the page was opened for", async ({ stage }) => {
	const phases: readonly [Phase, string][] = [
		[{ phase: "requested" }, "code_requested"],
		[asked(), "code_title"],
		[{ phase: "proving" }, "code_proving"],
		[{ phase: "receipted" }, "code_receipted"],
		[{ phase: "done", at: 0, undoUntil: undefined }, "done_title"],
	];
	for (const [phase, title] of phases) {
		const answers = { status: unfinished(EVERYWHERE, phase), operation: operation(EVERYWHERE, phase) };
		const page = await scene(stage, "danger", "#replace_cloud", answers);
		await expect(heading(page, title)).toBeVisible();
		await page.close();
	}
});

test("the confirming button takes no click before it was seen for 800 ms", async ({ stage }) => {
	const page = await scene(stage, "danger", "#clear_everywhere", { loss: loss(EVERYWHERE) });
	const send = button(page, "send_code");
	await expect(send).toBeDisabled();
	await expect(button(page, "keep_everything")).toBeEnabled();
	await expect(send).toBeEnabled();
	const painted = await page.evaluate(
		() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
	);
	// The browser dates a paint by when the screen shows it: up to two frames later than the page can know.
	expect((await page.evaluate(() => performance.now())) - painted).toBeGreaterThan(800 - 2 * 17);
});

test("the loss page names what is only here, only in the cloud, and different", async ({ stage }) => {
	const page = await scene(stage, "danger", "#clear_everywhere", { loss: loss(EVERYWHERE) });
	const sides = [
		["loss_only_here", "Bank"],
		["loss_only_in_cloud", "Library"],
		["loss_differing", "Post"],
	] as const;
	for (const [side, name] of sides) {
		await expect(page.getByRole("list", { name: t(side), exact: true }).getByText(name)).toBeVisible();
	}
	await expectAccessible(page, "loss");
});

test("the keyboard finds an entry: typing searches, arrows walk, Enter opens", async ({ stage }) => {
	const row: Row = {
		id: "0a",
		kind: "login",
		name: "Bank",
		detail: "anna",
		host: "bank.example",
		favourite: false,
		totp: false,
	};
	const item: Item = {
		id: "0a",
		content: {
			kind: "login",
			name: "Bank",
			values: [],
			urls: [],
			tags: [],
			folder: "",
			fields: [],
			favourite: false,
		},
		lines: [],
		passkeys: [],
		files: [],
		shelf: "active",
		since: undefined,
		dueAt: undefined,
		createdAt: 0,
		modifiedAt: 0,
		history: [],
	};
	const page = await scene(stage, "app", "", { list: JSON.stringify({ total: 1, rows: [row] }), item });
	await expect(page.getByRole("searchbox")).toBeFocused();
	await page.keyboard.press("ArrowDown");
	await expect(page.getByRole("link", { name: "Bank, anna" })).toBeFocused();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { name: "Bank" })).toBeFocused();
	await page.keyboard.press("/");
	await expect(page.getByRole("searchbox")).toBeFocused();
});

for (const theme of ["light", "dark"] as const) {
	test.describe(() => {
		test.use({ theme });
		test(`a timeline that does not hold together says from where on (${theme})`, async ({ stage }) => {
			const entry = {
				seq: 1,
				at: 1_795_442_700,
				event: "asked",
				act: "clear_everywhere",
				why: undefined,
				device: DEVICE,
				this: false,
				words: ["one", "two", "three", "four"],
				network: "elsewhere",
				hash: "00",
			};
			const page = await scene(stage, "app", "#timeline", { timeline: { entries: [entry], brokenAt: 2 } });
			const alert = page.getByRole("alert");
			await expect(alert).toContainText(t("timeline_broken_text", { n: 2 }));
			await expect(page.getByText(t("timeline_verified"), { exact: true })).toHaveCount(0);
			await expect(page.getByText("one two three four")).toBeVisible();
			await expectAccessible(page, "timeline-broken");
		});
	});
}
