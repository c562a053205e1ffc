import type { Locator } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import { fingerprint, Leaks } from "../rig/leaks.ts";
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
	leaks.release();
	await person.button("leaks_go_on").click();
	await expect(person.says("health_fine_all")).toBeVisible();
	await expect(person.button("leaks_again")).toBeVisible();
	expect(new Set(leaks.asked.slice(before).map(({ path }) => path)).size).toBe(5);
	expect(leaks.most).toBe(3);
	await leaks.close();
});
