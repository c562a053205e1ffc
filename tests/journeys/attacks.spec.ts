import type { Page } from "@playwright/test";
import { expect, test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import { Overlay } from "../rig/overlay.ts";
import { SIGN_IN, STAYING, sites } from "../rig/sites.ts";

/** Longer than a press has to wait before it counts, whatever the page does meanwhile. */
const LONG_ENOUGH_MS = 1500;
/** So long at least it has to. */
const SETTLES_MS = 350;
const SECRET = "correct horse";
const SHOP = "https://shop.example/";

/** A page of the right site under somebody else's script: all that it gets is what a person gives it. */
interface Attack {
	readonly claim: string;
	/** What stands in the page beside the form. */
	readonly html?: string;
	/** Runs in the page once the menu is open. */
	readonly strike: string;
}

/** Found by the page in its own document: that much of it can be seen. */
const HOST = `const host = () => [...document.querySelectorAll("div")].filter((div) => div.popover === "manual").at(-1);
	const pin = (name, value) => host().style.setProperty(name, value, "important");`;

const script = (text: string): string => `(() => { ${text} })()`;

/** After these the menu is pressed, again and again: nothing may come of it. */
const PRESSED: readonly Attack[] = [
	{ claim: "made transparent", strike: script(`${HOST} pin("opacity", "0.01")`) },
	{
		claim: "made transparent by a filter",
		strike: script(`${HOST} pin("filter", "opacity(0.02)")`),
	},
	{
		claim: "moved under the pointer",
		strike: script(`${HOST} pin("transform", "translate(3px, 30px)")`),
	},
	{ claim: "moved by its margin", strike: script(`${HOST} pin("margin", "12px")`) },
	{ claim: "made smaller than can be read", strike: script(`${HOST} pin("zoom", "0.3")`) },
	{
		claim: "covered by something that lets the pointer through",
		strike: script(`const over = document.createElement("div"); over.popover = "manual";
				over.style = "position:fixed;inset:0;width:100vw;height:100vh;background:white;pointer-events:none";
				over.textContent = "You have won"; document.body.append(over); over.showPopover();`),
	},
	{
		claim: "covered by a frame that can't be seen",
		strike: script(`const over = document.createElement("iframe"); over.popover = "manual";
				over.style = "position:fixed;inset:0;width:100vw;height:100vh;opacity:0.01";
				document.body.append(over); over.showPopover();`),
	},
	{
		claim: "cut away but for a part",
		strike: script(`${HOST} pin("clip-path", "inset(0 0 90% 0)")`),
	},
	{
		claim: "taken into a box of the page's",
		strike: script(`${HOST} const box = document.createElement("div"); box.style = "opacity:0.01";
				document.body.append(box); const it = host(); box.append(it); it.removeAttribute("popover");`),
	},
	{
		claim: "blended away",
		strike: script(`${HOST} pin("mix-blend-mode", "multiply"); pin("opacity", "0.05")`),
	},
];

/** These press it themselves, or reach for what is inside. */
const BY_SCRIPT: readonly Attack[] = [
	{
		claim: "a click of the page's own",
		strike: script(`${HOST} const { x, y, height } = host().getBoundingClientRect();
				for (const target of [host(), document.elementFromPoint(x + 30, y + height / 2)])
					for (const name of ["pointerdown", "mousedown", "mouseup", "click"])
						target.dispatchEvent(new MouseEvent(name, { bubbles: true, composed: true, clientX: x + 30, clientY: y + height / 2 }));
				host().click();`),
	},
	{
		claim: "keys of the page's own",
		strike: script(`${HOST} for (const target of [host(), document.querySelector("[name=user]"), document])
				for (const key of ["ArrowDown", "Enter"])
					target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));`),
	},
	{
		claim: "messages of the page's own",
		strike:
			script(`for (const data of [{ sigill: "fill", id: "1", kind: "login", frames: false }, { page: "fillings", id: "1", fields: [] }])
				{ postMessage(data, "*"); dispatchEvent(new MessageEvent("message", { data })); }
				if (globalThis.chrome?.runtime?.sendMessage) document.title = "reached";`),
	},
];

/** Does it again and again, for longer than a press has to wait before it counts. */
async function forLong(attempt: () => Promise<void>): Promise<void> {
	const begun = Date.now();
	await expect
		.poll(async () => {
			await attempt();
			return Date.now() - begun;
		})
		.toBeGreaterThan(LONG_ENOUGH_MS);
}

async function underAttack(page: Page, strike = ""): Promise<Overlay> {
	const overlay = new Overlay(page);
	await page.locator("[name=user]").click();
	await overlay.sees("menuitem", "alice");
	if (strike !== "") await page.evaluate(strike);
	return overlay;
}

async function holdsNothing(page: Page): Promise<void> {
	for (const input of await page.locator("input").all()) await expect(input).not.toHaveValue(SECRET);
	expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(SECRET);
}

test.beforeEach(async ({ person }) => {
	await person.createVault();
	await person.ask("save", loginOf(SHOP, "alice", SECRET));
	await sites(person.browser.context, { [SHOP]: SIGN_IN });
});

test("a menu that a page makes other than a person saw it fills nothing when it is pressed", async ({
	person,
}) => {
	test.setTimeout(240_000);
	for (const { claim, strike } of PRESSED) {
		await test.step(claim, async () => {
			const page = await person.browser.context.newPage();
			await page.goto(SHOP);
			const overlay = await underAttack(page, strike);
			await forLong(async () => {
				const node = await overlay.now("menuitem", "alice");
				if (node !== undefined) {
					const { x, y } = await overlay.middle(node);
					await page.mouse.click(x, y);
				}
				await holdsNothing(page);
			});
			await page.close();
		});
	}
});

test("a menu that has only just come up where somebody presses fills nothing", async ({ person }) => {
	await sites(person.browser.context, {
		[SHOP]: `${STAYING}<script>
			const seen = new MutationObserver(() => {
				if ([...document.querySelectorAll("div")].some((div) => div.popover === "manual" && div.getBoundingClientRect().height > 30)) globalThis.shown ??= performance.now();
			});
			seen.observe(document.documentElement, { childList: true, attributes: true, subtree: true });
			addEventListener("mousedown", () => { globalThis.pressed = performance.now(); }, true);
		</script>`,
	});
	await expect(async () => {
		const page = await person.browser.context.newPage();
		await page.goto(SHOP);
		const overlay = new Overlay(page);
		await page.locator("[name=user]").click();
		const { x, y } = await overlay.middle(await overlay.find("menuitem", "alice"));
		await page.mouse.click(x, y);
		const [word, after] = await page.evaluate<[string, number]>(
			'[document.querySelector("[name=word]").value, pressed - shown]',
		);
		await page.close();
		expect(after).toBeLessThan(300); // a loaded machine was too slow to try it
		expect(word).toBe("");
	}).toPass();
});

test("a press that is made while the page lets no frame through, and so before anybody saw the menu, fills nothing", async ({
	person,
}) => {
	await sites(person.browser.context, {
		[SHOP]: `${STAYING}<script>
			const block = () => {
				if (!globalThis.blocking || ![...document.querySelectorAll("div")].some((div) => div.popover === "manual" && div.getBoundingClientRect().height > 30)) return;
				globalThis.blocking = false;
				console.log("blocked");
				for (const end = performance.now() + 1500; performance.now() < end; );
			};
			new MutationObserver(block).observe(document.documentElement, { childList: true, attributes: true, subtree: true });
		</script>`,
	});
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const overlay = await underAttack(page);
	const { x, y } = await overlay.middle(await overlay.find("menuitem", "alice"));
	await page.keyboard.press("Escape");
	await overlay.seesNo("menuitem", "alice");
	await page.evaluate("blocking = true; document.activeElement.blur()");
	const blocked = page.waitForEvent("console", (message) => message.text() === "blocked");
	await page.locator("[name=user]").click();
	await blocked;
	await page.mouse.click(x, y);
	await holdsNothing(page);
	await overlay.press("menuitem", "alice");
	await expect(page.locator("[name=word]")).toHaveValue(SECRET);
});

test("what is warned of isn't pressed by a second press that comes before it could be read", async ({
	person,
}) => {
	await sites(person.browser.context, { "http://shop.example/": STAYING });
	const page = await person.browser.context.newPage();
	await page.goto("http://shop.example/");
	const overlay = await underAttack(page);
	await overlay.press("menuitem", "alice");
	const anyway = await overlay.middle(await overlay.find("menuitem", person.t("inpage_fill_anyway")));
	await page.keyboard.press("Escape");
	await expect(async () => {
		await page.locator("[name=user]").blur();
		await page.locator("[name=user]").click();
		const entry = await overlay.middle(await overlay.find("menuitem", "alice"));
		await forLong(async () => {}); // somebody reads the list
		const begun = Date.now();
		await page.mouse.click(entry.x, entry.y);
		await page.mouse.click(anyway.x, anyway.y);
		const took = Date.now() - begun;
		await overlay.sees("menuitem", person.t("inpage_fill_anyway")); // the first press counted
		expect(took).toBeLessThan(SETTLES_MS); // a loaded machine was too slow to try it
		await holdsNothing(page);
	}).toPass();
	await overlay.press("menuitem", person.t("inpage_fill_anyway"));
	await expect(page.locator("[name=word]")).toHaveValue(SECRET);
});

test("a page that registers our properties, or names fonts, draws nothing of what is ours otherwise", async ({
	person,
}) => {
	const names = [
		"raised",
		"surface",
		"sunken",
		"ink",
		"ink-soft",
		"line",
		"line-strong",
		"accent-soft",
		"shadow",
	];
	const clear = names.map(
		(name) => `@property --${name} { syntax: "<color>"; inherits: false; initial-value: transparent; }`,
	);
	const fonts = ["sans", "serif", "mono"].map(
		(name) => `@property --${name} { syntax: "<custom-ident>#"; inherits: false; initial-value: evil; }`,
	);
	const look = async (style: string) => {
		await sites(person.browser.context, { [SHOP]: `<style>${style}</style>${SIGN_IN}` });
		const page = await person.browser.context.newPage();
		await page.goto(SHOP);
		const overlay = await underAttack(page);
		const looks = [await overlay.style("menu", ""), await overlay.style("menuitem", "alice")];
		await page.close();
		return looks;
	};
	const untouched = await look("");
	expect(untouched[0]?.["backgroundColor"]).not.toBe("rgba(0, 0, 0, 0)");
	expect(untouched[0]?.["fontFamily"]).toBe("system-ui, sans-serif"); // no font that a page can put another behind
	expect(await look([...clear, ...fonts].join("\n"))).toEqual(untouched);
});

test("what a page presses, types and says by itself fills nothing", async ({ person }) => {
	for (const { claim, strike } of BY_SCRIPT) {
		await test.step(claim, async () => {
			const page = await person.browser.context.newPage();
			await page.goto(SHOP);
			await underAttack(page);
			await forLong(async () => {
				await page.evaluate(strike);
				await holdsNothing(page);
			});
			await expect(page).toHaveTitle("Site");
			await page.close();
		});
	}
});

test("a page can't read what is shown in it, whatever it put in the way before", async ({ person }) => {
	await sites(person.browser.context, {
		[SHOP]: `<script>
			const roots = [];
			const attach = Element.prototype.attachShadow;
			Element.prototype.attachShadow = function (how) { const root = attach.call(this, { ...how, mode: "open" }); roots.push(root); return root; };
			globalThis.stolen = () => roots.length + " " + [...document.querySelectorAll("*")].filter((one) => one.shadowRoot).length;
			for (const name of ["keydown", "click", "focusin", "input"]) addEventListener(name, (event) => (globalThis.heard ??= []).push(event.composedPath()[0].textContent), true);
		</script>${SIGN_IN}`,
	});
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	await underAttack(page);
	expect(await page.evaluate("stolen()")).toBe("0 0");
	expect(
		await page.evaluate("document.documentElement.outerHTML + JSON.stringify(globalThis.heard)"),
	).not.toContain("alice");
});

test("poisoned prototypes change nothing of what is filled, and throw nothing at the page", async ({
	person,
}) => {
	await sites(person.browser.context, {
		[SHOP]: `<script>
			globalThis.errors = [];
			addEventListener("error", (event) => errors.push(event.message));
			addEventListener("unhandledrejection", (event) => errors.push(String(event.reason)));
			Object.prototype.caution = undefined; Object.prototype.imitates = "evil.test"; Object.prototype.hidden = null;
			Array.prototype.map = Array.prototype.filter = String.prototype.trim = () => { throw new Error("poisoned"); };
			for (const name of ["value", "type"]) Object.defineProperty(HTMLInputElement.prototype, name, { get: () => "", set: () => { throw new Error("poisoned"); } });
		</script>${SIGN_IN}`,
	});
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const overlay = await underAttack(page);
	await overlay.press("menuitem", "alice");
	const frame = () =>
		page.evaluate(() => {
			const clean = document.createElement("iframe");
			document.body.append(clean);
			const value = Object.getOwnPropertyDescriptor(
				(clean.contentWindow as Window & typeof globalThis).HTMLInputElement.prototype,
				"value",
			);
			const found = value?.get?.call(document.querySelector("[name=word]"));
			clean.remove();
			return found;
		});
	await expect.poll(frame).toBe(SECRET);
	expect(await page.evaluate("errors")).toEqual([]);
});

const TRAPS: Readonly<Record<string, string>> = {
	"becomes another type when somebody goes in": `addEventListener("focusin", (event) => { if (event.target.name === "word") event.target.type = "text"; }, true);`,
	"is exchanged while the form is being filled": `document.querySelector("[name=user]").addEventListener("input", () => { const word = document.querySelector("[name=word]"); const other = word.cloneNode(); other.type = "text"; word.replaceWith(other); });`,
	"vanishes while the form is being filled": `document.querySelector("[name=user]").addEventListener("input", () => { document.querySelector("[name=word]").style.opacity = 0; });`,
};

test("a password goes into no field that a page makes another one meanwhile", async ({ person }) => {
	for (const [claim, script] of Object.entries(TRAPS)) {
		await test.step(`a field that ${claim}`, async () => {
			await sites(person.browser.context, { [SHOP]: `${SIGN_IN}<script>${script}</script>` });
			const page = await person.browser.context.newPage();
			await page.goto(SHOP);
			const overlay = await underAttack(page);
			await overlay.press("menuitem", "alice");
			await expect(page.locator("[name=user]")).toHaveValue("alice");
			await holdsNothing(page);
			await page.close();
		});
	}
});

test("a page that goes elsewhere during the filling takes nothing along", async ({ person }) => {
	await sites(person.browser.context, {
		[SHOP]: `${SIGN_IN}<script>document.querySelector("[name=user]").addEventListener("input", () => { location.href = "https://evil.test/"; });</script>`,
		"https://evil.test/": SIGN_IN,
	});
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const overlay = await underAttack(page);
	await overlay.press("menuitem", "alice");
	await page.waitForURL("https://evil.test/");
	await expect(page.locator("[name=word]")).toHaveValue("");
});

test("frames get what is saved for where they are from, not for whom they pretend to be", async ({
	person,
}) => {
	await sites(person.browser.context, {
		"https://evil.test/": `<base href="${SHOP}">
			<iframe name="written" width="500" height="250"></iframe>
			<iframe name="boxed" sandbox="allow-scripts" src="${SHOP}" width="500" height="250"></iframe>
			<script>document.querySelector("[name=written]").srcdoc = ${JSON.stringify(`<base href="${SHOP}">${STAYING}`)};</script>`,
		[SHOP]: STAYING,
	});
	const page = await person.browser.context.newPage();
	await page.goto("https://evil.test/");
	for (const name of ["written", "boxed"]) {
		const field = page.frameLocator(`[name=${name}]`).locator("[name=user]");
		await field.click();
		await forLong(async () => {
			await page.keyboard.press("ArrowDown");
			await page.keyboard.press("Enter");
			await expect(field).toHaveValue("");
		});
	}
});

test("fields that nobody sees stay empty", async ({ person }) => {
	const trap = (style: string) =>
		`<input type="password" autocomplete="current-password" class="trap" style="${style}">`;
	await sites(person.browser.context, {
		[SHOP]: SIGN_IN.replace(
			"<button>",
			`${[
				"position:absolute;left:-9999px",
				"opacity:0",
				"width:1px;height:1px;border:0",
				"visibility:hidden",
				"clip-path:inset(50%)",
				"display:none",
			]
				.map(trap)
				.join("")}<button>`,
		),
	});
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const overlay = await underAttack(page);
	await overlay.press("menuitem", "alice");
	await expect(page.locator("[name=word]")).toHaveValue(SECRET);
	for (const field of await page.locator(".trap").all()) await expect(field).toHaveValue("");
});

test("ten thousand fields, and a page that never rests, leave it answering", async ({ person }) => {
	await sites(person.browser.context, {
		"https://shop.example/many": `${SIGN_IN}<form>${"<input type=password>".repeat(10_000)}</form>`,
		"https://shop.example/storm": `${SIGN_IN}<div id="storm"></div><script>
			setInterval(() => { const p = document.createElement("input"); storm.append(p); if (storm.childNodes.length > 50) storm.firstChild.remove(); }, 1);
		</script>`,
	});
	for (const path of ["many", "storm"]) {
		const page = await person.browser.context.newPage();
		await page.goto(`https://shop.example/${path}`);
		const overlay = new Overlay(page);
		await expect(async () => {
			await page.locator("[name=user]").click();
			expect(await overlay.names("menuitem")).toHaveLength(1);
		}).toPass();
		await page.close();
	}
});

test("no page can show the extension's own pages within it, or open them", async ({ person }) => {
	const page = await person.browser.context.newPage();
	await page.goto(SHOP);
	const address = person.browser.address("popup");
	const reached = await page.evaluate(async (url) => {
		const frame = document.createElement("iframe");
		frame.src = url;
		document.body.append(frame);
		const fetched = await fetch(url).then(
			() => "fetched",
			() => "refused",
		);
		return fetched;
	}, address);
	expect(reached).toBe("refused");
	expect(page.frames().every((frame) => !frame.url().startsWith("chrome-extension://"))).toBe(true);
});
