import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firefox as playwright } from "@playwright/test";
import { at } from "../../tools/machine.mjs";
import { Browser, type Place, type Setting } from "./browser.ts";

const ID = "sigill@sigill.example";
/** Firefox makes up a host for each extension and profile; this one is known before. */
const HOST = "0d6f4c1e-5161-4c1d-9a55-5161115161ab";

/** A page of ours that shows nothing: another would begin anew where its settings change. */
const SILENT = "extension/background/offscreen.html";

export type Preferences = Readonly<Record<string, string | number | boolean>>;

const PREFERENCES: Preferences = {
	"extensions.webextensions.uuids": JSON.stringify({ [ID]: HOST }),
	// What lies in the profile is installed as it starts, without a signature and without a question.
	"extensions.autoDisableScopes": 0,
	"extensions.startupScanScopes": 1,
	"xpinstall.signatures.required": false,
	"extensions.webextOptionalPermissionPrompts": false,
};

/** A folder that Firefox installs from: what is packed for it, or the repository itself. */
export const folders = { packed: at("out", "firefox"), root: at() } as const;

/** Debian's Firefox with Sigill as an extension, in a profile of its own: one device. */
export class Firefox extends Browser {
	static async install(folder: string, setting: Setting, more: Preferences = {}): Promise<Firefox> {
		const profile = mkdtempSync(join(tmpdir(), "sigill-firefox-"));
		mkdirSync(join(profile, "extensions"));
		writeFileSync(join(profile, "extensions", ID), folder);
		const context = await playwright.launchPersistentContext(profile, {
			channel: "moz-firefox",
			executablePath: fileURLToPath(new URL("firefox-relay.mjs", import.meta.url)),
			// Pages of an extension are system pages to WebDriver.
			args: ["--remote-allow-system-access"],
			firefoxUserPrefs: { ...PREFERENCES, ...more },
			viewport: { width: 1100, height: 800 },
		});
		const browser = new Firefox(profile, context, HOST);
		await browser.set(setting);
		return browser;
	}

	override async set(setting: Setting): Promise<void> {
		const page = this.first ?? (await this.context.newPage());
		await page.goto(`moz-extension://${this.id}/${SILENT}`);
		await page.evaluate(async (changes) => {
			const { settings } = await chrome.storage.local.get("settings");
			await chrome.storage.local.set({ settings: { ...(settings as object), ...changes } });
		}, setting);
		this.first = page;
	}

	override address(place: Place, hash = ""): string {
		return `moz-extension://${this.id}/extension/pages/${place}.html${hash}`;
	}
}
