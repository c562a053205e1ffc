import type { Page } from "@playwright/test";
import { Authenticator } from "../rig/authenticator.ts";
import { expect } from "../rig/fixtures.ts";
import { asking, test, windows } from "../rig/site-passkeys.ts";

/** What a page gets that asks by script, as its person presses its button. */
async function asked(tab: Page, options: object): Promise<string> {
	await tab.evaluate((rest) => {
		delete document.body.dataset["got"];
		const challenge = new Uint8Array(16);
		Object.assign(window, {
			act: () =>
				navigator.credentials.get({ publicKey: { challenge, ...rest } }).then(
					() => Object.assign(document.body.dataset, { got: "credential" }),
					(thrown) => Object.assign(document.body.dataset, { got: thrown.name }),
				),
		});
	}, options);
	await tab.getByRole("button", { name: "Act" }).click();
	const body = tab.locator("body");
	await expect(body).toHaveAttribute("data-got", /./);
	return (await body.getAttribute("data-got")) ?? "";
}

test("a page that asks in another's name is refused, and nobody is asked", async ({ person, site, tab }) => {
	expect(await asked(tab, { rpId: "example.com" })).toBe("SecurityError");
	expect(await asked(tab, { rpId: "com" })).toBe("SecurityError");
	await tab.goto(`http://evil.localhost:${site.port}/`);
	// What is below localhost is no part of it: another site, which has no passkey here.
	expect(await asked(tab, { rpId: "localhost" })).toBe("SecurityError");
	await tab.goto(`http://127.0.0.1:${site.port}/`);
	expect(await asked(tab, { rpId: "localhost" })).toBe("SecurityError");
	expect(windows(person)).toEqual([]);
});

test("a frame in another site's page gets nothing, whatever that page permits", async ({
	person,
	site,
	tab,
}) => {
	await tab.goto(`http://evil.localhost:${site.port}/`);
	await Authenticator.of(tab);
	await tab.evaluate((source) => {
		const frame = document.createElement("iframe");
		frame.allow = "publickey-credentials-get *; publickey-credentials-create *";
		frame.src = source;
		document.body.append(frame);
	}, `${site.origin}/`);
	const frame = tab.frameLocator("iframe");
	await frame.getByRole("button", { name: "Sign in" }).click();
	await expect(frame.getByRole("status"), "the browser has none for it").toHaveText("NotAllowedError");
	expect(windows(person)).toEqual([]);
});

test("a page that takes the way its scripts speak by gets no more than it can ask for", async ({
	person,
	site,
	tab,
}) => {
	await tab.addInitScript(() => {
		const handed = new Promise<MessagePort | undefined>((resolve) => {
			const take = (event: Event) => {
				event.stopImmediatePropagation();
				resolve((event as MessageEvent).ports[0]);
			};
			addEventListener("sigill-webauthn-handed", take, { capture: true, once: true });
		});
		Object.assign(window, { handed });
	});
	await tab.goto(site.origin);
	const got = await tab.evaluate(async () => {
		void PublicKeyCredential.isConditionalMediationAvailable(); // what answers comes with the first question
		const port = await (window as unknown as { handed: Promise<MessagePort> }).handed;
		const said = (message: object): Promise<unknown> =>
			new Promise((resolve) => {
				port.onmessage = ({ data }) => resolve(data);
				port.postMessage(message);
			});
		const options = { challenge: "AAAA", rpId: "example.com", allowCredentials: [] };
		const words = JSON.stringify({ act: "get", mediation: "optional", options });
		return {
			elsewhere: await said({ n: 1, say: "ask", words }),
			nonsense: await said({ n: 2, say: "ask", words: "{" }),
			runtime: typeof (globalThis as { chrome?: { runtime?: unknown } }).chrome?.runtime,
		};
	});
	expect(got).toEqual({
		elsewhere: { n: 1, outcome: "elsewhere" },
		nonsense: { n: 2, outcome: "elsewhere" },
		runtime: "undefined",
	});
	expect(windows(person)).toEqual([]);
});

test("a page that answers in Sigill's place hears only itself", async ({ person, site, tab }) => {
	await tab.addInitScript(() => {
		const detail = { isOn: async () => false, answer: async () => null };
		const forge = () => dispatchEvent(new CustomEvent("sigill-webauthn-answers", { detail }));
		addEventListener("sigill-webauthn-asked", forge, true);
	});
	await tab.goto(site.origin);
	const got = await tab.evaluate(() =>
		navigator.credentials.get({ publicKey: { challenge: new Uint8Array(4) } }),
	);
	expect(got).toBeNull();
	expect(windows(person)).toEqual([]);
});

test("a page that changes what the language is made of learns no more, and signs in all the same", async ({
	person,
	site,
	tab,
}) => {
	await tab.evaluate(() => {
		const seen: string[] = [];
		Object.assign(window, { seen });
		const spy = (holder: object, name: string) => {
			const native = Reflect.get(holder, name);
			Object.defineProperty(holder, name, {
				value: function (this: unknown, ...args: unknown[]) {
					for (const one of args) if (typeof one === "string") seen.push(one);
					return Reflect.apply(native, this, args);
				},
			});
		};
		spy(MessagePort.prototype, "postMessage");
		spy(JSON, "parse");
		spy(JSON, "stringify");
		spy(Promise.prototype, "then");
		spy(EventTarget.prototype, "addEventListener");
		Object.defineProperty(Object.prototype, "way", { value: "wait", configurable: true });
		Object.defineProperty(Object.prototype, "outcome", { value: "credential", configurable: true });
		Object.defineProperty(Object.prototype, "origin", { value: "https://bank.example", configurable: true });
	});
	const window = await asking(person, () => tab.getByRole("button", { name: "Sign in" }).click());
	const closes = window.waitForEvent("close");
	await window.getByRole("listitem").getByRole("button").click();
	await closes;
	await expect(tab.getByRole("status")).toHaveText("signed in as anna");
	expect(site.authentication?.authenticationInfo.origin).toBe(site.origin);
	const seen = await tab.evaluate(() => (window as unknown as { seen: string[] }).seen.join("\n"));
	expect(seen).not.toMatch(/privateKey|private_key|chrome-extension|masterPassword/);
});

test("a page that asks on and on opens one window, and none once it was closed", async ({ person, tab }) => {
	await tab.evaluate(() => {
		const ask = () =>
			navigator.credentials.get({ publicKey: { challenge: new Uint8Array(16), rpId: "localhost" } });
		Object.assign(window, { act: () => Promise.allSettled([ask(), ask(), ask(), ask()]) });
	});
	const window = await asking(person, () => tab.getByRole("button", { name: "Act" }).click());
	await expect(window.getByRole("listitem").getByRole("button")).toBeEnabled();
	expect(windows(person)).toHaveLength(1);
	await window.close();
	expect(windows(person)).toHaveLength(0);
});

test("a page that waits a thousand times fills nothing, and the vault opens as ever", async ({
	person,
	tab,
}) => {
	await tab.evaluate(async () => {
		for (let n = 0; n < 1000; n += 1) {
			const publicKey = { challenge: new Uint8Array(4000), rpId: "localhost" };
			navigator.credentials.get({ mediation: "conditional", publicKey }).catch(() => {});
		}
		await PublicKeyCredential.isConditionalMediationAvailable();
	});
	const popup = await person.browser.context.newPage();
	await popup.goto(person.browser.address("popup"));
	await tab.bringToFront();
	await popup.reload();
	await expect(popup.getByRole("region").getByRole("button", { name: "anna" })).toHaveCount(1);
	const worker = await person.browser.worker();
	const waiting = await worker.evaluate(async () => {
		const keys = Object.keys(await chrome.storage.session.get(null));
		return keys.filter((key) => key.startsWith("asked/")).length;
	});
	expect(waiting).toBe(1);
	await person.lock();
	await person.unlock();
	await person.isOpen();
});

test("nothing is pressed before it was seen, and a window whose page is gone says so", async ({
	person,
	tab,
}) => {
	const window = await asking(person, () => tab.getByRole("button", { name: "Sign in" }).click());
	const button = window.getByRole("listitem").getByRole("button");
	await expect(button).toBeDisabled();
	await expect(button).toBeEnabled();
	await tab.evaluate(() => location.assign("about:blank"));
	await expect.poll(() => windows(person).length).toBe(0);
});
