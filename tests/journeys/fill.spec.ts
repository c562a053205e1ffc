import type { Page } from "@playwright/test";
import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import { Overlay } from "../rig/overlay.ts";
import type { Person } from "../rig/person.ts";
import { fields, SIGN_IN, STAYING, sites } from "../rig/sites.ts";

async function saved(person: Person, url: string): Promise<void> {
	await person.ask("save", loginOf(url, "alice", "correct horse"));
}

async function visit(person: Person, url: string): Promise<{ page: Page; overlay: Overlay }> {
	const page = await person.browser.context.newPage();
	await page.goto(url);
	return { page, overlay: new Overlay(page) };
}

test.beforeEach(async ({ person }) => {
	await person.createVault();
});

test("a login goes into its form after one press, with the events that pages listen to", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/login": `${SIGN_IN}<output></output><script>
			const heard = [];
			for (const input of document.querySelectorAll("input"))
				for (const name of ["focus", "keydown", "input", "keyup", "change"])
					input.addEventListener(name, (event) => {
						heard.push(input.name + " " + name);
						document.querySelector("output").textContent = heard.join();
					});
		</script>`,
	});
	await saved(person, "https://www.shop.example/");
	const { page, overlay } = await visit(person, "https://shop.example/login");
	const { user, word } = fields(page);
	await user.click();
	await overlay.press("menuitem", "alice");
	await expect(word).toHaveValue("correct horse");
	await expect(user).toHaveValue("alice");
	const heard = "focus keydown input keyup change".split(" ").map((name) => `word ${name}`);
	await expect(page.locator("output")).toContainText(heard.join());
});

test("with the keyboard alone: down opens the menu, enter fills, escape leaves", async ({ person }) => {
	await sites(person.browser.context, { "https://shop.example/login": SIGN_IN });
	await saved(person, "https://shop.example/");
	const { page, overlay } = await visit(person, "https://shop.example/login");
	const { user, word } = fields(page);
	await user.focus();
	await overlay.sees("button", person.t("inpage_mark"));
	await page.keyboard.press("ArrowDown");
	await overlay.sees("menuitem", "alice");
	await page.keyboard.press("Escape");
	await overlay.seesNo("menuitem", "alice");
	await expect(user).toBeFocused();
	await page.keyboard.press("ArrowDown");
	await overlay.sees("menuitem", "alice");
	await expect(async () => {
		await page.keyboard.press("Enter"); // too soon after it opened, it is a slip
		await expect(word).toHaveValue("correct horse", { timeout: 300 });
	}).toPass();
});

test("another site is offered nothing, and a name made to be taken for another is told", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://other.example/": SIGN_IN,
		"https://shop.example.login.test/": SIGN_IN,
	});
	await saved(person, "https://shop.example/");
	const other = await visit(person, "https://other.example/");
	await fields(other.page).user.click();
	await other.overlay.sees("StaticText", person.t("inpage_none"));
	const alike = await visit(person, "https://shop.example.login.test/");
	await fields(alike.page).user.click();
	await alike.overlay.sees("alert", "");
	await alike.overlay.sees("StaticText", person.t("inpage_imitates", { host: "shop.example" }));
	expect(await alike.overlay.names("menuitem")).toEqual([]);
});

test("what is odd about a page is said before it is filled: in clear, and within another site", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"http://shop.example/": SIGN_IN,
		"https://shop.example/": STAYING,
		"https://blog.example/": `<iframe src="https://shop.example/" width="600" height="400"></iframe>`,
	});
	await saved(person, "https://shop.example/");
	const clear = await visit(person, "http://shop.example/");
	await fields(clear.page).user.click();
	await clear.overlay.press("menuitem", "alice");
	await clear.overlay.sees("StaticText", person.t("inpage_in_clear", { host: "shop.example" }));
	await expect(fields(clear.page).word).toHaveValue("");
	await clear.overlay.press("menuitem", person.t("inpage_fill_anyway"));
	await expect(fields(clear.page).word).toHaveValue("correct horse");

	const blog = await visit(person, "https://blog.example/");
	const frame = blog.page.frameLocator("iframe");
	const inside = new Overlay(blog.page, blog.page.frames()[1]);
	const { keyboard } = blog.page;
	await frame.locator("[name=user]").click();
	await inside.sees("menuitem", "alice");
	await keyboard.press("ArrowDown");
	await expect(async () => {
		await keyboard.press("Enter");
		expect(await inside.now("menuitem", person.t("inpage_fill_anyway"))).toBeDefined();
	}).toPass();
	await keyboard.press("ArrowDown"); // past "leave it empty", which has the keyboard first
	await expect(async () => {
		await keyboard.press("Enter");
		await expect(frame.locator("[name=word]")).toHaveValue("correct horse", { timeout: 500 });
	}).toPass();
});

/** Whether the popup asks to save what was sent in the page beside it. */
async function waits(person: Person, page: Page): Promise<boolean> {
	await page.bringToFront();
	return person.page.evaluate(async () => {
		const { value } = await chrome.runtime.sendMessage({ sigill: "pending-here" });
		return value !== undefined && value !== null;
	});
}

test("what is sent is offered to be saved on the next page, and its next password goes there too", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/join": `<form action="/welcome"><h1>Create your account</h1>
			<label>E-mail <input name="user" type="email" autocomplete="email"></label>
			<label>Choose a password <input name="word" type="password" autocomplete="new-password"></label>
			<button>Create account</button></form>`,
		"https://shop.example/welcome": "<h1>Welcome</h1>",
		"https://shop.example/password": `<form action="/welcome"><h1>Change your password</h1>
			<label>Current password <input name="old" type="password" autocomplete="current-password"></label>
			<label>New password <input name="word" type="password" autocomplete="new-password"></label>
			<button>Change password</button></form>`,
	});
	const { page, overlay } = await visit(person, "https://shop.example/join");
	await fields(page).user.fill("alice@mail.example");
	await fields(page).word.fill("a first password");
	await page.getByRole("button").click();
	await overlay.press("button", person.t("inpage_save"));
	await overlay.sees("StaticText", person.t("inpage_saved"));
	await expect.poll(() => person.ask<string>("list", ALL)).toContain("shop.example");

	await page.goto("https://shop.example/password");
	await page.locator("[name=old]").fill("a first password");
	await fields(page).word.fill("a second password");
	await page.getByRole("button").click();
	await overlay.press("button", person.t("inpage_update"));
	await overlay.sees("StaticText", person.t("inpage_saved"));
	await expect.poll(() => passwordNow(person)).toBe("a second password");
});

test("whoever signs up is offered a password that the site takes, and both fields get it", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/join": `<form action="/welcome"><h1>Create your account</h1>
			<label>E-mail <input name="user" type="email" autocomplete="email"></label>
			<label>Choose a password <input name="word" type="password" autocomplete="new-password"
				maxlength="12" passwordrules="required: digit; allowed: lower"></label>
			<label>Repeat it <input name="again" type="password" autocomplete="new-password"></label>
			<button>Create account</button></form>`,
		"https://shop.example/welcome": "<h1>Welcome</h1>",
	});
	const { page, overlay } = await visit(person, "https://shop.example/join");
	await fields(page).user.fill("alice@mail.example");
	await fields(page).word.click();
	await overlay.press("menuitem", new RegExp(person.t("inpage_suggest")));
	await expect(fields(page).word).toHaveValue(/^(?=.*\d)[a-z\d]{12}$/);
	const made = await fields(page).word.inputValue();
	await expect(page.locator("[name=again]")).toHaveValue(made);
	expect(await person.ask<string>("drawn", "look", "")).toContain(` ${made}\n`);
	await page.getByRole("button").click();
	await overlay.press("button", person.t("inpage_save"));
	await expect.poll(() => passwordNow(person)).toBe(made);
});

test("what a page sends by itself is not offered, and a refused sign-in waits", async ({ person }) => {
	await sites(person.browser.context, {
		"https://shop.example/login": `${SIGN_IN}<script>
			document.querySelector("[name=word]").value = "made up";
			addEventListener("message", () => document.querySelector("form").requestSubmit());
		</script>`,
		"https://shop.example/in": SIGN_IN,
		"https://shop.example/home": "<h1>Hello</h1>",
	});
	const { page, overlay } = await visit(person, "https://shop.example/login");
	await fields(page).user.click();
	await page.evaluate(() => postMessage(1));
	await page.waitForURL("**/in?**");
	await page.goto("https://shop.example/home");
	await page.goto("https://shop.example/login");
	await fields(page).user.fill("alice");
	await fields(page).word.fill("mistyped");
	await page.getByRole("button").click();
	await page.waitForURL("**/in?**");
	await overlay.seesNo("button", person.t("inpage_save"));
	await expect.poll(() => waits(person, page)).toBe(false); // nor in the popup: it seems to have been refused
	await fields(page).user.fill("alice");
	await fields(page).word.fill("typed well");
	await page.getByRole("button").click();
	await page.goto("https://shop.example/home");
	await overlay.press("button", person.t("inpage_save"));
	await expect.poll(() => passwordNow(person)).toBe("typed well");
});

test("what was sent and not answered in the page waits in the popup, and the page asks no more", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/login": SIGN_IN,
		"https://shop.example/in": "<h1>Hello</h1>",
	});
	const { page, overlay } = await visit(person, "https://shop.example/login");
	const popup = await person.browser.context.newPage();
	await page.bringToFront();
	await fields(page).user.fill("alice");
	await fields(page).word.fill("correct horse");
	await page.getByRole("button").click();
	await overlay.sees("button", person.t("inpage_save"));
	await popup.goto(person.browser.address("popup"));
	await page.bringToFront(); // a popup is beside the tab that somebody is in; a test's popup is a tab of its own
	await popup.reload();
	const asked = popup.getByRole("region", { name: person.t("inpage_save_title", { host: "shop.example" }) });
	await expect(asked).toContainText("alice");
	await expect(asked).not.toContainText("correct horse");
	await asked.getByRole("button", { name: person.t("inpage_save") }).dispatchEvent("click");
	await expect(asked).toHaveCount(0);
	await overlay.seesNo("button", person.t("inpage_save"));
	expect(await passwordNow(person)).toBe("correct horse");
});

test("switched on, the only login goes in at once; never two, in clear, elsewhere, in a frame, or over what somebody types", async ({
	person,
}) => {
	const typed = SIGN_IN.replace('name="user"', 'name="user" value="somebody"');
	const busy = `<input type="search" aria-label="Search" autofocus>${SIGN_IN}`;
	await sites(person.browser.context, {
		"https://shop.example/login": SIGN_IN,
		"https://shop.example/typed": typed,
		"https://shop.example/busy": busy,
		"https://blog.shop.example/": SIGN_IN,
		"https://www.shop.example/": SIGN_IN,
		"http://shop.example/clear": SIGN_IN,
		"http://plain.example/": SIGN_IN,
		"https://two.example/": SIGN_IN,
		"https://around.example/": '<iframe src="https://shop.example/login"></iframe>',
		"https://last.example/": SIGN_IN,
	});
	for (const url of ["https://shop.example/", "http://plain.example/", "https://last.example/"])
		await saved(person, url);
	for (const user of ["one", "other"])
		await person.ask("save", loginOf("https://two.example/", user, "correct horse"));
	const asked = await visit(person, "https://shop.example/login");
	await fields(asked.page).user.click();
	await asked.overlay.sees("menuitem", "alice");
	await expect(fields(asked.page).word).toHaveValue(""); // unless it is switched on, only a press fills

	await person.browser.set({ fillAtOnce: true });
	const { page } = await visit(person, "https://shop.example/login");
	await expect(fields(page).word).toHaveValue("correct horse");
	expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
	const others = [
		"https://shop.example/typed",
		"https://shop.example/busy",
		"https://blog.shop.example/",
		"https://www.shop.example/",
		"http://shop.example/clear",
		"http://plain.example/",
		"https://two.example/",
		"https://around.example/",
	];
	const pages: Page[] = [];
	for (const url of others) pages.push((await visit(person, url)).page);
	const last = await visit(person, "https://last.example/");
	await expect(fields(last.page).word).toHaveValue("correct horse");
	for (const other of pages) {
		const isFramed = other.url().includes("around");
		const word = isFramed ? other.frameLocator("iframe").locator("[name=word]") : fields(other).word;
		await expect(word, other.url()).toHaveValue("");
	}
});

test("without a press no code goes in beside the password, and nobody else's where a first step named somebody", async ({
	person,
}) => {
	const code = '<label>One-time code <input name="code" autocomplete="one-time-code"></label>';
	const step = `<main><h1>Sign in</h1><form action="/word"><label>User name <input name="user" autocomplete="username"></label>
		<button>Next</button></form></main>`;
	const word = `<main><h1>Sign in</h1><form><label>Password <input name="word" type="password" autocomplete="current-password"></label>
		<button>Sign in</button></form></main>`;
	await sites(person.browser.context, {
		"https://shop.example/login": SIGN_IN.replace("<button>", `${code}<button>`),
		"https://shop.example/name": step,
		"https://shop.example/word": word,
		"https://last.example/": SIGN_IN,
	});
	const { content } = loginOf("https://shop.example/", "alice", "correct horse");
	const totp = { field: "totp", text: "JBSWY3DPEHPK3PXP" };
	await person.ask("save", { content: { ...content, values: [...content.values, totp] } });
	await saved(person, "https://last.example/");
	await person.browser.set({ fillAtOnce: true });
	const { page } = await visit(person, "https://shop.example/login");
	await expect(fields(page).word).toHaveValue("correct horse");
	await expect(page.locator("[name=code]")).toHaveValue("");

	const other = await visit(person, "https://shop.example/name");
	await fields(other.page).user.click();
	await other.overlay.sees("menuitem", "alice");
	await fields(other.page).user.fill("bob");
	await other.page.getByRole("button").click();
	await other.page.waitForURL("**/word**");
	const last = await visit(person, "https://last.example/");
	await expect(fields(last.page).word).toHaveValue("correct horse");
	await expect(fields(other.page).word).toHaveValue("");
});

test("beside a page the popup opens on what that page needs, and fills it", async ({ person }) => {
	await sites(person.browser.context, {
		"https://shop.example/login": SIGN_IN,
		"https://other.example/": SIGN_IN,
	});
	await saved(person, "https://shop.example/");
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	const { page } = await visit(person, "https://shop.example/login");
	await page.bringToFront(); // a popup is beside the tab that somebody is in; a test's popup is a tab of its own
	await popup.reload();
	const here = popup.getByRole("region", { name: person.t("here_title", { host: "shop.example" }) });
	const fill = here.getByRole("button", { name: person.t("here_fill", { name: "shop.example, alice" }) });
	await expect(fill).toBeVisible();
	await Promise.all([popup.waitForEvent("close"), fill.dispatchEvent("click")]);
	await expect(fields(page).word).toHaveValue("correct horse");
});

test("a rule chosen beside an address decides on which pages its login is offered, in page, popup and number", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/": SIGN_IN,
		"https://pay.shop.example/": SIGN_IN,
	});
	await saved(person, "https://shop.example/");
	const pay = await visit(person, "https://pay.shop.example/");
	await fields(pay.page).user.click();
	await pay.overlay.sees("menuitem", "alice");

	const { page, t } = person;
	const edit = async () => {
		await page.bringToFront();
		await person.open("vault");
		await page.getByRole("link", { name: /^shop\.example/ }).click();
		await person.button("item_edit").click();
	};
	await edit();
	const rule = page.getByLabel(t("edit_rule_only"), { exact: true });
	await expect(rule).toHaveValue("domain");
	await rule.focus();
	await page.keyboard.press("ArrowDown"); // by the keyboard alone
	await expect(rule).toHaveValue("host");
	await expect(rule).toHaveAccessibleDescription(t("rule_host_hint"));
	await expectAccessible(page, "the form with a rule");
	await person.button("save").click();
	await expect(page.getByRole("article")).toContainText(t("rule_host"));

	await pay.page.bringToFront();
	await pay.page.reload();
	await fields(pay.page).user.click();
	await pay.overlay.sees("StaticText", t("inpage_none"));
	expect(await pay.overlay.names("menuitem")).not.toContain("alice");
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	const fill = popup.getByRole("button", { name: t("here_fill", { name: "shop.example, alice" }) });
	const beside = async (url: string) => {
		const { page } = await visit(person, url);
		await page.bringToFront();
		await popup.reload();
	};
	await beside("https://shop.example/");
	await expect(fill).toBeVisible();
	await beside("https://pay.shop.example/");
	await expect(popup.getByRole("searchbox")).toBeVisible();
	await expect(fill).toHaveCount(0);
	await popup.close();

	await edit();
	await rule.selectOption("never");
	await person.button("save").click();
	await expect(page.getByRole("article")).toContainText(t("rule_never"));
	await page.getByText(t("item_history")).click();
	await expect(page.getByRole("article")).toContainText(`https://shop.example/ · ${t("rule_host")}`);
	const shop = await visit(person, "https://shop.example/");
	await fields(shop.page).user.click();
	await shop.overlay.sees("StaticText", t("inpage_none"));
	const worker = await person.browser.worker();
	const number = () =>
		worker.evaluate(async () => {
			const [tab] = await chrome.tabs.query({ url: "https://shop.example/*", active: true });
			return chrome.action.getBadgeText({ tabId: tab?.id ?? 0 });
		});
	await expect.poll(number).toBe("");
});

test("the popup fills a form that stands in a frame of the site's own, though nobody went into it", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/": `<h1>Shop</h1><iframe src="https://login.shop.example/"></iframe>`,
		"https://login.shop.example/": SIGN_IN,
	});
	await saved(person, "https://shop.example/");
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	const { page } = await visit(person, "https://shop.example/");
	await page.bringToFront();
	await popup.reload();
	const fill = popup.getByRole("button", { name: person.t("here_fill", { name: "shop.example, alice" }) });
	await expect(fill).toBeVisible();
	await Promise.all([popup.waitForEvent("close"), fill.dispatchEvent("click")]);
	await expect(page.frameLocator("iframe").locator("[name=word]")).toHaveValue("correct horse");
});

test("the button counts the logins of a tab's page, and says nothing where it is off or once it is locked", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://shop.example/": "<h1>Shop</h1>",
		"https://other.example/": "<h1>Other</h1>",
	});
	const numbers = async () =>
		(await person.browser.worker()).evaluate(async () => {
			const tabs = await chrome.tabs.query({ url: ["https://*.example/*"] });
			const numbered = tabs.map(async ({ id: tabId = 0, url = "" }) => [
				new URL(url).hostname,
				await chrome.action.getBadgeText({ tabId }),
			]);
			return Object.fromEntries(await Promise.all(numbered)) as Record<string, string>;
		});
	await saved(person, "https://shop.example/");
	await saved(person, "https://other.example/");
	await visit(person, "https://shop.example/");
	await visit(person, "https://other.example/");
	await expect.poll(numbers).toEqual({ "shop.example": "1", "other.example": "1" });
	await person.browser.set({ offSites: ["other.example"] });
	await expect.poll(numbers).toEqual({ "shop.example": "1", "other.example": "" });
	await person.ask("lock");
	await expect.poll(numbers).toEqual({ "shop.example": "", "other.example": "" });
});

const PAY = `<form><h1>Payment</h1>
	<label>Name on card <input name="holder" autocomplete="cc-name"></label>
	<label>Card number <input name="number" autocomplete="cc-number"></label>
	<label>Expires <input name="expires" autocomplete="cc-exp" placeholder="MM/YY"></label>
	<label>Security code <input name="code" autocomplete="cc-csc"></label><button>Pay</button></form>`;

async function savedCard(person: Person): Promise<void> {
	const values = [
		{ field: "holder", text: "Anna Berg" },
		{ field: "card_number", text: "4242424242424242" },
		{ field: "expiry", text: "2031-05" },
	];
	const rest = { urls: [], tags: [], folder: "", fields: [], favourite: false };
	await person.ask("save", { content: { kind: "card", name: "Visa", values, ...rest } });
}

/** The popup beside a page that asks for a card, and what fills it there. */
async function besideCard(person: Person, url: string) {
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	const { page } = await visit(person, url);
	await page.bringToFront();
	await popup.reload();
	const fill = popup.getByRole("button", { name: /^Fill in Visa/ });
	await expect(fill).toBeVisible();
	return { popup, page, fill };
}

test("where a page asks for a card the popup offers those of the vault, and fills it", async ({ person }) => {
	await sites(person.browser.context, { "https://shop.example/pay": PAY });
	await savedCard(person);
	const { popup, page, fill } = await besideCard(person, "https://shop.example/pay");
	await Promise.all([popup.waitForEvent("close"), fill.dispatchEvent("click")]);
	await expect(page.locator("[name=number]")).toHaveValue("4242424242424242");
	await expect(page.locator("[name=expires]")).toHaveValue("05/31");
});

test("what is pressed in the popup for one site's page goes to no other that its tab shows by then", async ({
	person,
}) => {
	await sites(person.browser.context, { "https://shop.example/pay": PAY, "https://evil.test/pay": PAY });
	await savedCard(person);
	const { popup, page, fill } = await besideCard(person, "https://shop.example/pay");
	await page.goto("https://evil.test/pay");
	await fill.dispatchEvent("click");
	await expect(popup.getByText(person.t("here_changed"))).toBeVisible();
	await expect(
		popup.getByRole("region", { name: person.t("here_title", { host: "evil.test" }) }),
	).toBeVisible();
	await expect(page.locator("[name=number]")).toHaveValue("");
});

test("who signs in at another site's is asked on the page that follows, which hears no name, and can save it there", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://tenant.test/login": SIGN_IN.replace('action="/in"', 'action="https://app.example/home"'),
		"https://app.example/home": "<h1>Hello</h1>",
	});
	const { page, overlay } = await visit(person, "https://tenant.test/login");
	await fields(page).user.fill("alice");
	await fields(page).word.fill("correct horse");
	await page.getByRole("button").click();
	await expect(page.getByRole("heading", { name: "Hello" })).toBeVisible();
	await expect.poll(() => overlay.names("dialog")).toHaveLength(1);
	await overlay.sees("StaticText", person.t("inpage_save_title", { host: "tenant.test" }));
	const buttons = ["inpage_save", "inpage_not_now"].map((key) => person.t(key));
	expect(await overlay.names("button")).toEqual(buttons);
	expect(await overlay.now("StaticText", "alice")).toBeUndefined();
	await overlay.press("button", person.t("inpage_save"));
	await expect.poll(() => passwordNow(person)).toBe("correct horse");
});

test("in the address bar a login is found by its name, and its site opened", async ({ person }) => {
	await sites(person.browser.context, { "https://shop.example/": "<h1>Shop</h1>" });
	const { content } = loginOf("https://shop.example/login", "alice", "x");
	await person.ask("save", { content: { ...content, name: "Wool & yarn" } });
	const worker = await person.browser.worker();
	type Event = { dispatch: (...args: unknown[]) => void };
	const found = await worker.evaluate(
		() =>
			new Promise((resolve) => (chrome.omnibox.onInputChanged as unknown as Event).dispatch("yarn", resolve)),
	);
	expect(found).toEqual([{ content: "shop.example", description: "Wool &amp; yarn · alice · shop.example" }]);
	const opens = person.browser.context.waitForEvent("page");
	await worker.evaluate(() =>
		(chrome.omnibox.onInputEntered as unknown as Event).dispatch("shop.example", "newForegroundTab"),
	);
	await expect((await opens).getByRole("heading", { name: "Shop" })).toBeVisible();
});

test("on a site that is switched off nothing is marked, offered or saved", async ({ person }) => {
	await sites(person.browser.context, {
		"https://shop.example/login": SIGN_IN,
		"https://other.example/": SIGN_IN,
	});
	await saved(person, "https://shop.example/");
	const worker = await person.browser.worker();
	await worker.evaluate(() => chrome.storage.local.set({ settings: { offSites: ["shop.example"] } }));
	const { page, overlay } = await visit(person, "https://shop.example/login");
	await fields(page).user.click();
	const on = await visit(person, "https://other.example/");
	await fields(on.page).user.click();
	await on.overlay.sees("button", person.t("inpage_mark"));
	await page.bringToFront();
	await page.keyboard.press("ArrowDown");
	await overlay.seesNo("button", person.t("inpage_mark"));
	await overlay.seesNo("menuitem", "alice");
	await person.open("settings");
	await person.button("settings_sites_take_back", { host: "shop.example" }).click();
	await page.reload();
	await fields(page).user.click();
	await overlay.sees("menuitem", "alice");
});

test("while the vault is locked a page is offered to unlock it, and nothing else", async ({ person }) => {
	await sites(person.browser.context, { "https://shop.example/login": SIGN_IN });
	await saved(person, "https://shop.example/");
	await person.ask("lock");
	const { page, overlay } = await visit(person, "https://shop.example/login");
	await fields(page).user.click();
	await overlay.sees("menuitem", person.t("inpage_unlock"));
	expect(await overlay.names("menuitem")).toHaveLength(1);
});

const ALL = { text: "", scope: { of: "all" }, from: 0, count: 50 };

async function passwordNow(person: Person): Promise<string | undefined> {
	const rows: { rows: { id: string }[] } = JSON.parse(await person.ask<string>("list", ALL));
	const [row] = rows.rows;
	if (!row) return undefined;
	const item = await person.ask<{ content: { values: { field: string; text: string }[] } }>("item", row.id);
	return item.content.values.find(({ field }) => field === "password")?.text;
}
