import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import type { Person } from "../rig/person.ts";
import { codes, drawing, picture, pressAction, Site, square } from "../rig/qr.ts";

/** The secret of the RFCs' vectors, and how a site hands it out. */
const BYTES = Buffer.from("12345678901234567890");
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const KEY = `otpauth://totp/Bank:anna%40person.example?secret=${SECRET}&issuer=Bank`;

/** The popup's own size. */
const POPUP = { width: 360, height: 560 };

/** A login with that key; its page is open. */
async function addLogin(person: Person, key: string): Promise<void> {
	await person.open("vault");
	await person.begin("login");
	await person.field("field_name").fill("Bank");
	await person.field("item_username").fill("anna");
	await person.secret("field_totp").fill(key);
	await person.button("save").click();
	await expect(person.page.getByRole("heading", { name: "Bank", exact: true })).toBeVisible();
}

const digits = (page: Page) => page.locator("sg-code .digits");

/** The code on the page is one that another program makes of the same key. */
async function shows(page: Page, settings: Parameters<typeof codes>[1] = {}): Promise<void> {
	await expect(digits(page)).toHaveText(/^\d{3,5} \d{3,5}$/);
	const shown = ((await digits(page).textContent()) ?? "").replace(" ", "");
	expect(codes(BYTES, settings)).toContain(shown);
}

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`a key that was pasted shows the code that another program makes, counts down and copies it (${language})`, async ({
			person,
		}) => {
			const { page, t } = person;
			await person.browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
			await person.createVault();
			await addLogin(person, `${KEY}&period=15&digits=8&algorithm=SHA256`);
			const settings = { period: 15, digits: 8, hash: "sha256" };
			await shows(page, settings);
			await expect(page.getByRole("article")).not.toContainText(SECRET);
			await expectAccessible(page, "a one-time code");

			const timer = page.getByRole("timer");
			await expect(timer).toHaveAccessibleName(new RegExp(t("otp_left", { s: "(\\d+)" })));
			const first = (await digits(page).textContent()) ?? "";
			await expect(digits(page)).not.toHaveText(first, { timeout: 20_000 });
			await shows(page, settings);

			await person.button("copy", { what: t("what_code") }).click();
			expect(codes(BYTES, settings)).toContain(await copied(page));
			await page.evaluate(() => navigator.clipboard.writeText(""));
			await person.button("copy", { what: t("what_code_of", { name: "Bank" }) }).click();
			await expect.poll(() => copied(page)).toMatch(/^\d{8}$/);
			expect(codes(BYTES, settings)).toContain(await copied(page));

			await person.button("show", { what: t("field_totp") }).click();
			await expect(page.getByRole("article")).toContainText(SECRET);
		});
	});
}

test("a key that can't work says what to do as it is typed, and is not saved", async ({ person }) => {
	const { page, t } = person;
	await person.createVault();
	await person.begin("login");
	await person.field("field_name").fill("Bank");
	const key = person.secret("field_totp");
	for (const [typed, why] of [
		["JBSWY3DPEHPK3PX0", "otp_not_base32"],
		["https://bank.example/", "otp_another_address"],
		["otpauth-migration://offline?data=CjEK", "otp_several"],
		["otpauth://totp/x?secret=JBSWY3DP&digits=4", "otp_digits"],
		["otpauth://totp/x?secret=JBSWY3DP&algorithm=MD5", "otp_algorithm"],
	] as const) {
		await key.fill(typed);
		await expect(page.getByRole("alert")).toHaveText(t(why));
	}
	await expectAccessible(page, "a key that can't work");
	await person.button("save").click();
	await expect(key).toBeFocused();
	await expect(page.getByRole("alert")).toHaveText(t("otp_algorithm"));

	await key.fill(`  ${SECRET.toLowerCase()}`);
	await expect(person.says("otp_good")).toBeVisible();
	await expect(page.getByRole("alert")).toBeHidden();
	await person.button("save").click();
	await shows(page);

	// A field of one's own holds a key as well.
	await person.button("item_edit").click();
	await person.button("edit_field_add").click();
	await page.getByLabel(t("edit_field_label", { n: 1 })).fill("Second");
	await page.getByLabel(t("edit_field_kind", { n: 1 })).selectOption({ label: t("custom_totp") });
	await page.getByLabel(t("edit_field_value", { n: 1 }), { exact: true }).fill("steam://JBSWY3DPEHPK3PXP");
	await person.button("save").click();
	await expect(digits(page)).toHaveText([/^\d{3} \d{3}$/, /^[2-9B-Y]{5}$/]);
});

test("a key that counts gives each code once, and its history stays empty", async ({ person }) => {
	const { page } = person;
	await person.createVault();
	await addLogin(person, `otpauth://hotp/Bank:anna?secret=${SECRET}&issuer=Bank&counter=0`);
	await expect(person.says("otp_counts")).toBeVisible();
	for (const code of ["755 224", "287 082", "359 152"]) {
		await person.button("otp_count").click();
		await expect(digits(page)).toHaveText(code);
	}
	await expectAccessible(page, "a key that counts");
	await page.reload();
	await person.button("otp_count").click();
	await expect(digits(page)).toHaveText("969 429");
	await expect(person.says("item_history")).toBeHidden();
});

test.describe("on a tab", () => {
	let site: Site;
	test.beforeEach(async () => {
		site = await Site.open();
	});
	test.afterEach(() => site.close());

	test("a QR code in sight is shown for what it is before it is taken, from the popup", async ({
		person,
	}) => {
		const { page, t } = person;
		await person.createVault();
		await person.add("Bank", "anna", "pass phrase");
		const edit = `${new URL(page.url()).hash}/edit`;
		const tab = await person.browser.context.newPage();
		await page.setViewportSize(POPUP);
		await page.goto(person.browser.address("popup", edit));
		const scan = async (...texts: string[]) => {
			site.show(...texts);
			await tab.goto(site.url);
			await tab.setViewportSize({ width: 1100, height: 800 }); // the window is as large as the last one asked for
			await tab.bringToFront();
			await pressAction(person.browser, site.url);
			await tab.bringToFront();
			await person.button("qr_scan_tab").click();
		};
		await expect(person.button("qr_scan_file")).toBeHidden();

		await scan();
		await expect(page.getByRole("alert")).toHaveText(t("qr_none"));
		await scan("https://bank.example/");
		await expect(page.getByRole("alert")).toHaveText(t("qr_no_key_one"));
		await scan("otpauth-migration://offline?data=CjEK");
		await expect(page.getByRole("alert")).toHaveText(t("otp_several"));
		await scan(KEY, `otpauth://totp/Shop:bo?secret=JBSWY3DPEHPK3PXP&issuer=Shop`, "a poem");
		await expect(person.heading("qr_found_other", { n: 2 })).toBeVisible();
		await expect(person.says("qr_others_one", { n: 1 })).toBeVisible();
		await expect(person.button("qr_take_of", { who: "Shop · bo" })).toBeVisible();
		await expectAccessible(page, "QR codes that were found");
		await person.button("qr_take_of", { who: "Bank · anna@person.example" }).click();
		await expect(person.says("otp_good_of", { who: "Bank · anna@person.example" })).toBeVisible();
		await expect(person.secret("field_totp")).toHaveValue(KEY);
		await person.button("save").click();
		await shows(page);
	});

	test("a page that the browser keeps to itself is not scanned, and the way round it is told", async ({
		person,
	}) => {
		const { page, t } = person;
		await person.createVault();
		await page.setViewportSize(POPUP);
		await page.goto(person.browser.address("popup", "#vault/new/login"));
		await page.bringToFront();
		await person.button("qr_scan_tab").click();
		await expect(page.getByRole("alert")).toHaveText(t("qr_no_tab"));
	});
});

test("a picture of a QR code is read where it lies, chosen or dropped, and what is none says why", async ({
	person,
}) => {
	const { page, t } = person;
	await person.createVault();
	await person.begin("login");
	await person.field("field_name").fill("Bank");
	const choose = async (file: { name: string; mimeType: string; buffer: Buffer }) => {
		const chosen = page.waitForEvent("filechooser");
		await person.button("qr_scan_file").click();
		await (await chosen).setFiles(file);
	};
	const png = { name: "code.png", mimeType: "image/png" };
	for (const [file, why] of [
		[{ ...png, buffer: Buffer.from("no picture at all") }, "qr_no_picture"],
		[{ ...png, buffer: square(200) }, "qr_none"],
		[{ ...png, buffer: square(12_000) }, "qr_too_large"],
		[{ ...png, buffer: Buffer.alloc(20_000_001) }, "qr_too_large"],
		[drawing(KEY), "qr_no_picture"],
		[{ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from(KEY) }, "qr_no_picture"],
		[picture("https://bank.example/"), "qr_no_key_one"],
	] as const) {
		await choose(file);
		await expect(page.getByRole("alert")).toHaveText(t(why));
	}

	await choose(picture(KEY));
	await expect(person.heading("qr_found_one", { n: 1 })).toBeFocused();
	await expectAccessible(page, "a QR code in a picture");
	await person.button("qr_leave").click();
	await expect(person.heading("qr_found_one", { n: 1 })).toBeHidden();
	await expect(person.secret("field_totp")).toHaveValue("");

	const { buffer, ...about } = picture(KEY);
	const dropped = await page.evaluateHandle(
		({ bytes, name, type }) => {
			const transfer = new DataTransfer();
			const data = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
			transfer.items.add(new File([data], name, { type }));
			return transfer;
		},
		{ bytes: buffer.toString("base64"), name: about.name, type: about.mimeType },
	);
	await person.secret("field_totp").dispatchEvent("drop", { dataTransfer: dropped });
	await person.button("qr_take_of", { who: "Bank · anna@person.example" }).click();
	await person.button("save").click();
	await shows(page);
});
