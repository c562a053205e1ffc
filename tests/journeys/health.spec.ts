import type { Locator } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import { fingerprint, Leaks } from "../rig/leaks.ts";
import { held, holding, letGo, watching } from "../rig/messages.ts";
import type { Person } from "../rig/person.ts";

const STRONG = "v9#Lq2!wTz7&Rb4x";
const LEAKED = "Kp8$Nd3?yHf6@Jm1";
/** As milliseconds: years ago, and now. */
const LONG_AGO = 1_500_000_000_000;

interface Had {
	readonly url: string;
	readonly password: string;
	readonly made?: number;
}

/** Logins come in from Firefox, which says when they were made; the page that looks at them is open. */
async function examined(person: Person, logins: readonly Had[]): Promise<void> {
	const head =
		"url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,timePasswordChanged";
	const rows = logins.map(({ url, password, made = Date.now() }) =>
		[url, "asa", password, "", "", "", made, made, made].map((cell) => `"${cell}"`).join(","),
	);
	await person.createVault();
	await person.open("import");
	const buffer = Buffer.from([head, ...rows, ""].join("\n"));
	const file = { name: "logins.csv", mimeType: "text/csv", buffer };
	await person.page.getByLabel(person.t("import_file")).setInputFiles(file);
	await person.take(logins.length);
	await person.open("health");
	await expect(person.page.getByRole("img")).toBeVisible();
	await expect(person.page.getByRole("progressbar")).toHaveCount(0);
}

function found(person: Person, kind: string): Locator {
	return person.page.getByRole("region", { name: person.t(`health_${kind}`), exact: true });
}

test("each kind of finding is shown with a way to mend it, and nothing is sent before the person turned it on", async ({
	person,
}) => {
	const { page, t } = person;
	const leaks = await Leaks.open(LEAKED);
	await person.browser.set({ leakService: leaks.url });
	await examined(person, [
		{ url: "https://bank.example", password: "sommar2019" },
		{ url: "https://forum.example", password: LEAKED },
		{ url: "https://shop.example", password: STRONG },
		{ url: "https://club.example", password: STRONG },
		{ url: "http://router.example", password: `${STRONG}a` },
		{ url: "https://github.com", password: `${STRONG}b` },
		{ url: "https://library.example", password: `${STRONG}c`, made: LONG_AGO },
	]);
	await expect(page.getByRole("img")).toHaveAccessibleName(t("health_fine_of_other", { n: 4, all: 7 }));
	const changed = "https://bank.example/.well-known/change-password";
	const change = found(person, "weak").getByRole("link", {
		name: t("health_change_of", { name: "bank.example" }),
	});
	await expect(change).toHaveAttribute("href", changed);
	await expect(change).toHaveAttribute("target", "_blank");
	await expect(change).toHaveAttribute("rel", /noopener/);
	await expect(found(person, "reused")).toContainText(t("health_share_other", { n: 2 }));
	for (const [kind, name] of [
		["weak", "bank.example"],
		["reused", "shop.example"],
		["reused", "club.example"],
		["in_clear", "router.example"],
		["two_factor", "github.com"],
		["old", "library.example"],
	] as const) {
		await expect(found(person, kind).getByRole("link", { name, exact: true })).toBeVisible();
	}
	await expectAccessible(page, "password health");

	const sneak = { sigill: "look-up-leaks", prefix: fingerprint(LEAKED).slice(0, 5), ids: [] };
	const refused = await page.evaluate((request) => chrome.runtime.sendMessage(request), sneak);
	expect(refused).toMatchObject({ failure: { code: "breach_off" } });
	expect(leaks.asked).toEqual([]);

	await person.button("leaks_turn_on").click();
	const seen = found(person, "leaked");
	await expect(seen).toContainText(t("health_seen_other", { n: person.number(1234) }));
	await expect(person.says("leaks_found_one", { n: 1 })).toBeVisible();
	const wanted = ["sommar2019", LEAKED, STRONG, `${STRONG}a`, `${STRONG}b`, `${STRONG}c`];
	const paths = wanted.map((password) => `/range/${fingerprint(password).slice(0, 5)}`);
	expect(leaks.asked.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
	expect(leaks.asked.every(({ headers }) => headers["add-padding"] === "true" && !headers.cookie)).toBe(true);
	const whole = { ...sneak, prefix: fingerprint(LEAKED) };
	const longer = await page.evaluate((request) => chrome.runtime.sendMessage(request), whole);
	expect(longer).toMatchObject({ failure: { code: "breach_address" } });
	expect(leaks.asked).toHaveLength(wanted.length);

	await seen.getByRole("link", { name: "forum.example", exact: true }).click();
	await expect(page.getByRole("heading", { name: "forum.example", exact: true })).toBeVisible();
	await person.button("item_edit").click();
	await person.secret("item_password").fill(`${STRONG}d`);
	await person.button("save").click();
	await expect(person.button("item_edit")).toBeVisible();
	await person.open("health");
	await expect(page.getByRole("img")).toHaveAccessibleName(t("health_fine_of_other", { n: 4, all: 7 }));
	await expect(seen).toHaveCount(0);
	await expect(person.button("leaks_go_on")).toBeVisible();
	await person.lock();
	await person.unlock();
	await person.open("health");
	await expect(person.button("leaks_look_up")).toBeVisible(); // nothing that was learnt outlives the lock
	await leaks.close();
});

test("a service that is away, talks nonsense or without end costs nothing, and what is left goes on", async ({
	person,
}) => {
	const { page, t } = person;
	const leaks = await Leaks.open();
	const gone = await Leaks.open();
	const away = gone.url;
	await gone.close();
	const sites = ["a", "b", "c", "d", "e"].map((name) => ({
		url: `https://${name}.example`,
		password: STRONG + name,
	}));
	await examined(person, sites);
	await expect(person.says("health_fine_so_far")).toBeVisible();
	const alert = page.getByRole("alert");
	await person.browser.set({ leakService: away });
	await person.button("leaks_turn_on").click();
	await expect(alert).toHaveText(t("error_breach_unreachable"));
	await person.browser.set({ leakService: "http://elsewhere.example" });
	await person.button("leaks_look_up").click();
	await expect(alert).toHaveText(t("error_breach_address"));
	await person.browser.set({ leakService: leaks.url });
	for (const [manner, said] of [
		["says nonsense", "error_breach_garbage"],
		["sends away", "error_breach_unreachable"],
		["talks on", "error_breach_garbage"],
		["sends away", "error_breach_unreachable"],
		["refuses", "error_breach_garbage"],
	] as const) {
		leaks.manner = manner;
		await person.button("leaks_look_up").click();
		await expect(alert).toHaveText(t(said));
	}
	expect(leaks.asked.filter(({ path }) => path.startsWith("/elsewhere"))).toEqual([]);
	await expect(person.says("health_fine_so_far")).toBeVisible();

	leaks.manner = "holds";
	const before = leaks.asked.length;
	await person.button("leaks_look_up").click();
	await expect.poll(() => leaks.asked.length).toBe(before + 3);
	await person.button("cancel").click();
	await expect(page.getByRole("progressbar")).toHaveCount(0);
	await person.button("leaks_look_up").click(); // while three are waited for still
	await expect(page.getByRole("progressbar")).toBeVisible();
	leaks.release();
	await expect(person.says("health_fine_all")).toBeVisible();
	await expect(person.button("leaks_again")).toBeVisible();
	const paths = leaks.asked.slice(before).map(({ path }) => path);
	expect(paths.toSorted(), "each once").toEqual([...new Set(paths)].toSorted());
	expect(paths).toHaveLength(5);
	expect(leaks.most).toBe(3);
	await leaks.close();
});

test("an answer of before a lock that comes while it is locked is kept by nobody", async ({ person }) => {
	const { page } = person;
	const leaks = await Leaks.open(LEAKED);
	await person.browser.set({ leakService: leaks.url });
	await examined(person, [{ url: "https://forum.example", password: LEAKED }]);
	await holding(page, "look-up-leaks");
	await person.button("leaks_turn_on").click();
	await expect.poll(() => held(page)).toBe(1);
	await person.lock();
	await letGo(page);
	await person.unlock();
	await person.isOpen();
	await person.open("health");
	await expect(person.button("leaks_look_up")).toBeVisible();
	await expect(found(person, "leaked")).toHaveCount(0);
	await leaks.close();
});

test("a password that is handed over after a lock is judged by nobody", async ({ person }) => {
	const { page } = person;
	await examined(person, [{ url: "https://bank.example", password: "sommar2019" }]);
	await person.open("vault");
	await page.reload();
	await person.isOpen();
	await page.evaluate(() => {
		const post = Worker.prototype.postMessage as (this: Worker, message: unknown) => void;
		Object.assign(globalThis, { posted: 0 });
		Worker.prototype.postMessage = function (message: unknown) {
			if (typeof message === "object" && message !== null && "known" in message)
				(globalThis as unknown as { posted: number }).posted += 1;
			post.call(this, message);
		};
	});
	await holding(page, "guessable");
	await person.open("health");
	await expect.poll(() => held(page)).toBe(1);
	await person.lock();
	await letGo(page);
	await person.unlock();
	await person.open("health");
	await expect(found(person, "weak")).toBeVisible();
	expect(await page.evaluate(() => (globalThis as unknown as { posted: number }).posted)).toBe(1);
});

test("a finding is put aside until its password changes, is counted apart, and taken back", async ({
	person,
}) => {
	const { page, t } = person;
	await examined(person, [
		{ url: "https://bank.example", password: "sommar2019" },
		{ url: "https://post.example", password: "vinter2019" },
		{ url: "https://shop.example", password: STRONG },
		{ url: "https://club.example", password: STRONG },
	]);
	const weak = found(person, "weak");
	const picture = page.getByRole("img");
	const foot = page.getByText(t("health_aside", { n: 1 }), { exact: true });
	await expect(foot).toHaveCount(0);
	const aside = (name: string) => weak.getByRole("button", { name: t("health_put_aside_of", { name }) });
	const link = (name: string) => weak.getByRole("link", { name, exact: true });
	await aside("bank.example").press("Enter");
	await expect(link("bank.example")).toHaveCount(0);
	await expect(link("post.example")).toBeFocused();
	await expect(foot).toBeVisible();
	await expect(page.getByText(t("health_standing_aside_one", { n: 1 }))).toBeVisible();
	await expect(page.getByText(t("health_standing_weak_one", { n: 1 }))).toBeVisible();
	await expect(picture).toHaveAccessibleName(t("health_fine_of_other", { n: 0, all: 4 }));
	await person.button("undo").click();
	await expect(link("bank.example")).toBeVisible();
	await expect(foot).toHaveCount(0);

	await aside("bank.example").click();
	await expect(foot).toBeVisible();
	await person.lock();
	await person.unlock();
	await person.open("health");
	await expect(weak).toBeVisible();
	await expect(link("bank.example")).toHaveCount(0);
	await aside("post.example").press("Enter");
	await expect(weak).toHaveCount(0);
	await expect(person.heading("health_title")).toBeFocused(); // nothing is left of its kind
	const both = page.getByText(t("health_aside", { n: 2 }), { exact: true });
	await both.click();
	await expectAccessible(page, "what was put aside");
	const back = (name: string) =>
		page.getByRole("button", { name: t("health_take_back_of", { name, what: t("health_weak") }) });
	await back("bank.example").press("Enter");
	await expect(link("bank.example")).toBeVisible();
	await expect(foot).toBeVisible();

	await page.locator("sg-put-aside").getByRole("link", { name: "post.example" }).click();
	await change(person, "sommar2020");
	await person.open("health");
	await expect(link("post.example")).toBeVisible();
	await expect(page.locator("sg-put-aside")).toHaveCount(0);
});

/** Another password for the entry that is open. */
async function change(person: Person, password: string): Promise<void> {
	await person.button("item_edit").click();
	await person.secret("item_password").fill(password);
	await person.button("save").click();
	await expect(person.button("item_edit")).toBeVisible();
}

test("an entry says what is known of its password, here and in the popup, until that changes or the vault locks", async ({
	person,
}) => {
	const { page, t } = person;
	const hint = (where = page) => where.getByRole("region", { name: t("health_title"), exact: true });
	await examined(person, [
		{ url: "http://bank.example", password: "sommar2019", made: LONG_AGO },
		{ url: "https://shop.example", password: STRONG },
		{ url: "https://club.example", password: STRONG },
	]);
	await person.open("vault");
	await page.reload();
	await person.isOpen();
	const asked = await watching(page);
	const shown = async (name: string) => {
		await person.open("vault");
		await page.getByRole("link", { name: new RegExp(`^${name}`) }).click();
		await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
	};
	await shown("bank.example");
	await expect(hint()).toHaveCount(0);
	await person.open("health");
	await expect(found(person, "weak")).toBeVisible();
	expect(await asked(), "nobody's health was looked at for an entry").not.toContain("healthOf");

	await shown("bank.example");
	for (const said of ["weak", "in_clear", "old"])
		await expect(hint()).toContainText(t(`health_hint_${said}`));
	await expect(hint()).not.toContainText(t("health_hint_reused"));
	const there = "https://bank.example/.well-known/change-password";
	await expect(hint().getByRole("link", { name: t("health_change") })).toHaveAttribute("href", there);
	await expectAccessible(page, "a hint");
	const popup = await person.browser.page("popup");
	await popup
		.getByRole("link", { name: /^bank\.example/ })
		.first()
		.click();
	await expect(hint(popup)).toContainText(t("health_hint_weak"));
	await expectAccessible(popup, "a hint in the popup");
	await popup.close();

	await change(person, `${STRONG}x`);
	await expect(hint()).toContainText(t("health_hint_in_clear"));
	for (const said of ["weak", "old"]) await expect(hint()).not.toContainText(t(`health_hint_${said}`));
	await hint()
		.getByRole("button", { name: t("health_hint_edit") })
		.click();
	await expect(person.secret("item_password")).toBeVisible();

	await shown("shop.example");
	await expect(hint()).toContainText(t("health_hint_reused"));
	await shown("club.example");
	await expect(hint()).toContainText(t("health_hint_reused"));
	await change(person, `${STRONG}y`);
	await expect(hint()).toHaveCount(0);
	await shown("shop.example");
	await expect(page.locator("sg-hint")).toBeAttached();
	await expect(hint()).toHaveCount(0);

	await shown("bank.example");
	await expect(hint()).toBeVisible();
	await person.lock();
	await person.unlock();
	await shown("bank.example");
	await expect(person.button("item_edit")).toBeVisible();
	await expect(hint()).toHaveCount(0);
});
