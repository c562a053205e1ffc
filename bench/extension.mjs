// The extension as it ships, in Chromium: how soon a killed worker answers, and how soon rows are painted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { flags } from "../tools/browser.mjs";
import { chromium } from "../tools/machine.mjs";
import { TYPED } from "./entries.js";
import { time } from "./numbers.mjs";
import { measurePages } from "./pages.mjs";
import { measurePopup } from "./popup.mjs";

const QUERY = { text: "", scope: { of: "all" }, from: 0, count: 100 };
const KDF = { algorithm: "argon2id", memory: 65_536, iterations: 3, parallelism: 4 };
/** 32 bytes, base64url; what a vault is opened by here was derived from nothing. */
const ROOT = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA";

export async function measureExtension(report, { rounds, few, many }) {
	await withVault(few, async ({ page, call, kill, context }) => {
		await measurePages(report, { context, rounds });
		await call("list", QUERY); // writes the index
		const answers = [];
		const standings = [];
		for (let round = 0; round < 2 * rounds; round += 1) {
			await call("status"); // a browser ends a worker that is at nothing
			await kill();
			if (round % 2 === 0) answers.push(await call("list", QUERY));
			else standings.push(await call("status"));
		}
		report.time("10,000 items, worker killed, first answer", answers, 150);
		report.time("  the same, all rows read and checked", standings);
		await measurePopup(report, { page, call, kill, context, rounds });
		await page.close();
	});
	await withVault(many, async ({ page }) => {
		const painted = await type(page);
		console.log(`  (frames are not held back to 60 a second; ${painted.length} keystrokes)`);
		report.time("50,000 items, a keystroke to painted rows", painted, 16);
	});
}

/** A browser whose vault is open and holds a bundle. */
async function withVault(bundle, use) {
	const profile = mkdtempSync(join(tmpdir(), "sigill-bench-"));
	const context = await playwright.launchPersistentContext(profile, {
		executablePath: chromium(),
		headless: false,
		ignoreDefaultArgs: ["--disable-extensions"],
		args: ["--headless=new", "--disable-gpu-vsync", "--disable-frame-rate-limit", ...flags],
		viewport: { width: 1100, height: 800 },
	});
	try {
		const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
		const id = new URL(worker.url()).host;
		const page = await context.newPage();
		await page.goto(`chrome-extension://${id}/extension/pages/app.html`);
		const call = (method, ...args) => ask(page, method, args);
		const vault = { name: "Bench", root: ROOT, derivation: { kdf: KDF, salt: "AAECAwQFBgcICQoLDA0ODw" } };
		await call("createVault", { ...vault, lockAfter: 0 });
		const imported = await call("import", { source: "bench", bundle, files: [], restore: true });
		console.log(`  (taken in and written in ${time(imported)})`);
		await use({ page, call, kill: () => kill(context, page, id), context });
	} finally {
		await context.close();
		rmSync(profile, { recursive: true, force: true });
	}
}

/** Asks the background; how long it took to answer. */
async function ask(page, method, args) {
	const { ms, answer } = await page.evaluate(
		async ([method, args]) => {
			const begun = performance.now();
			const answer = await chrome.runtime.sendMessage({ sigill: "call", method, args });
			return { ms: performance.now() - begun, answer: answer?.failure };
		},
		[method, args],
	);
	if (answer) throw new Error(`${method}: ${JSON.stringify(answer)}`);
	return ms;
}

/** Ends the worker as the browser does when it has been idle. */
async function kill(context, page, id) {
	const session = await context.newCDPSession(page);
	const stopped = new Promise((done) => {
		session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
			const ours = versions.find(({ scriptURL }) => scriptURL.includes(id));
			if (ours?.runningStatus === "stopped") done();
		});
	});
	await session.send("ServiceWorker.enable");
	await session.send("ServiceWorker.stopAllWorkers");
	await stopped;
	await session.detach();
}

/** Types into the list's search; per keystroke the time from its event to the paint after the rows changed. */
async function type(page) {
	await page.reload();
	const search = page.locator("#search");
	await search.waitFor();
	await search.evaluate((input) => {
		const root = input.getRootNode();
		let begun;
		window.painted = [];
		new MutationObserver(() => {
			const mine = begun;
			if (mine === undefined) return;
			begun = undefined;
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => window.painted.push(performance.now() - mine);
				port2.postMessage(undefined);
			});
		}).observe(root, { subtree: true, childList: true, characterData: true });
		input.addEventListener("input", () => (begun = performance.now()), { capture: true });
	});
	for (const text of TYPED) {
		if (text.length === 1) await search.fill("");
		await search.pressSequentially(text.slice(-1));
		await page.waitForTimeout(120);
	}
	return page.evaluate(() => window.painted);
}
