import { Browser, type Setting } from "./browser.ts";

/** Browsers that a worker of the test runner keeps between its tests, one a device's name. */
export class Pool {
	private readonly idle = new Map<string, Browser>();

	async take(name: string, setting: Setting): Promise<Browser> {
		const kept = this.idle.get(name);
		this.idle.delete(name);
		if (!kept) return Browser.open(name, setting);
		try {
			return await kept.renewed(setting);
		} catch {
			await kept.close();
			return Browser.open(name, setting);
		}
	}

	/** One for a test; kept for the next one where that was well. */
	async lend(
		name: string,
		setting: Setting,
		use: (browser: Browser) => Promise<void>,
		isWell: () => boolean,
	): Promise<void> {
		const browser = await this.take(name, setting);
		await use(browser);
		if (isWell()) await this.giveBack(name, browser);
		else await browser.close();
	}

	/** Keeps it for the next one, unless it was closed. */
	async giveBack(name: string, browser: Browser): Promise<void> {
		if (browser.isOpen && !this.idle.has(name)) this.idle.set(name, browser);
		else await browser.close();
	}

	async close(): Promise<void> {
		for (const browser of this.idle.values()) await browser.close();
	}
}
