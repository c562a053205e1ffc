import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, type Page, chromium as playwright, type Worker } from "@playwright/test";
import { flags } from "../../tools/browser.mjs";
import { chromium } from "../../tools/machine.mjs";
import type { Language } from "./texts.ts";

export type Place = "app" | "popup" | "danger";

export interface Setting {
	readonly fillAtOnce?: boolean;
	readonly language?: Language;
	readonly theme?: "light" | "dark";
	readonly service?: string;
	readonly offSites?: readonly string[];
	/** Where leaked passwords are looked up. */
	readonly leakService?: string;
	/** Minutes. */
	readonly lockAfter?: number;
	readonly clipboardSeconds?: number;
	/** The folder of another unpacked extension that is installed too. */
	readonly beside?: string;
}

const USER_AGENT =
	"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/** Chromium with the repository root as an unpacked extension, in a profile of its own: one device. */
export class Browser {
	/** The page that the browser begins with, until it is used: a page more costs a process more. */
	protected first: Page | undefined;
	private isClosed = false;
	/** What pages wrote to their consoles as warnings and errors. */
	readonly complaints: string[] = [];

	protected constructor(
		private readonly profile: string,
		readonly context: BrowserContext,
		readonly id: string,
	) {
		context.once("close", () => {
			this.isClosed = true;
		});
		context.on("page", this.listen);
		for (const page of context.pages()) this.listen(page);
		this.first = context.pages()[0];
	}

	static async open(
		name: string,
		{ beside, ...setting }: Setting = {},
		profile = mkdtempSync(join(tmpdir(), "sigill-browser-")),
	): Promise<Browser> {
		const context = await playwright.launchPersistentContext(profile, {
			...executable(),
			headless: false,
			ignoreDefaultArgs: ["--disable-extensions"],
			args: ["--headless=new", `--user-agent=${USER_AGENT} Sigill-Device/${name}`, ...flagsWith(beside)],
			viewport: { width: 1100, height: 800 },
			env: { ...process.env, LC_CTYPE: "C.UTF-8" }, // a machine of no language at all picks no file with a dash in its name
			downloadsPath: join(profile, "downloads"), // the runner's own folder goes with the test
		});
		const worker = await backgroundOf(context);
		const browser = new Browser(profile, context, new URL(worker.url()).host);
		await browser.set(setting);
		return browser;
	}

	get isOpen(): boolean {
		return !this.isClosed;
	}

	/** Where its profile lies. */
	get folder(): string {
		return this.profile;
	}

	/** As a person would on the settings page. */
	async set(setting: Setting): Promise<void> {
		const worker = await backgroundOf(this.context);
		await worker.evaluate(async (changes) => {
			const { settings } = await chrome.storage.local.get("settings");
			await chrome.storage.local.set({ settings: { ...(settings as object), ...changes } });
		}, setting);
	}

	address(place: Place, hash = ""): string {
		return `chrome-extension://${this.id}/extension/pages/${place}.html${hash}`;
	}

	async page(place: Place, hash = ""): Promise<Page> {
		const page = this.first ?? (await this.context.newPage());
		this.first = undefined;
		await page.goto(this.address(place, hash));
		return page;
	}

	/** Ends the extension's service worker as the browser does when it has been idle. */
	async killWorker(): Promise<void> {
		await this.stopWorker(this.context.pages()[0] ?? (await this.context.newPage()));
	}

	private async stopWorker(page: Page): Promise<void> {
		const session = await this.context.newCDPSession(page);
		const stopped = new Promise<void>((done) => {
			session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
				const ours = versions.find(({ scriptURL }) => scriptURL.includes(this.id));
				if (ours?.runningStatus === "stopped") done();
			});
		});
		await session.send("ServiceWorker.enable");
		await session.send("ServiceWorker.stopAllWorkers");
		await stopped;
		await session.detach();
	}

	/** The extension's service worker, for faults that only its inside can have. */
	worker(): Promise<Worker> {
		return backgroundOf(this.context);
	}

	/** Ends the browser at once, as `kill -9` does; its profile stays for the next one. */
	async crash(): Promise<string> {
		const closed = new Promise<void>((done) => this.context.once("close", () => done()));
		const session = await this.context.newCDPSession(await this.context.newPage());
		void session.send("Browser.crash").catch(() => {});
		await closed;
		return this.profile;
	}

	/** Closes the browser; `keep` leaves the profile for the next one. */
	async close(profile: "remove" | "keep" = "remove"): Promise<string> {
		await this.context.close();
		if (profile === "remove") rmSync(this.profile, { recursive: true, force: true });
		return this.profile;
	}

	/**
	 * The same browser with nothing kept of Sigill: it is erased while nothing of it runs. What sites and the clipboard hold
	 * stays. To start a browser costs a sixth of a test.
	 */
	async renewed(setting: Setting): Promise<Browser> {
		const { context } = this;
		context.off("page", this.listen);
		const page = await context.newPage();
		for (const other of context.pages()) if (other !== page) await other.close();
		await context.unrouteAll();
		await context.clearCookies();
		await context.clearPermissions();
		await page.goto(`chrome-extension://${this.id}/manifest.json`);
		await page.evaluate(() => chrome.alarms.clearAll()); // one would start the worker again
		// To erase wakes the worker, which may have read by then what is erased: the second time nothing is left to wake it.
		for (const _ of ["it wakes", "it sleeps"]) {
			await this.stopWorker(page);
			await page.evaluate(eraseAll);
		}
		await page.evaluate((settings) => chrome.storage.local.set({ settings }), setting);
		return new Browser(this.profile, context, this.id);
	}

	private readonly listen = (page: Page): void => {
		page.on("console", (message) => {
			if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
		});
		page.on("pageerror", (error) => this.complaints.push(error.message));
	};
}

/** In a page of the extension's: all that it keeps. */
async function eraseAll(): Promise<void> {
	await chrome.downloads.erase({});
	await chrome.storage.local.clear();
	await chrome.storage.session.clear();
	for (const { name } of await indexedDB.databases()) {
		await new Promise<void>((done, failed) => {
			const request = indexedDB.deleteDatabase(name ?? "");
			request.onsuccess = () => done();
			request.onerror = request.onblocked = () => failed(new Error(`${name} can't be deleted`));
		});
	}
}

function flagsWith(beside: string | undefined): string[] {
	if (beside === undefined) return flags;
	return flags.map((flag) =>
		/^--(disable-extensions-except|load-extension)=/.test(flag) ? `${flag},${beside}` : flag,
	);
}

async function backgroundOf(context: BrowserContext): Promise<Worker> {
	return context.serviceWorkers()[0] ?? context.waitForEvent("serviceworker");
}

function executable(): { executablePath?: string } {
	const path = chromium();
	return path === undefined ? {} : { executablePath: path };
}
