import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { test } from "../rig/fixtures.ts";
import { everyPage } from "../rig/pages.ts";

const OUT = join("out", "screens");
const NARROW = { width: 360, height: 600 };
/** The same width with all that is below the fold. */
const TALL = { width: 360, height: 1500 };
const FULL = { width: 1100, height: 900 };

for (const theme of ["light", "dark"] as const) {
	for (const language of ["en", "sv"] as const) {
		test.describe(() => {
			test.use({ language });
			test(`a picture of every page (${theme}, ${language})`, async ({ person, mailbox }) => {
				const folder = join(OUT, `${theme}-${language}`);
				mkdirSync(folder, { recursive: true });
				await person.browser.set({ theme });
				await everyPage({ person, mailbox }, (page, name) => picture(page, folder, name));
			});
		});
	}
}

async function picture(page: Page, folder: string, name: string): Promise<void> {
	if (!name.startsWith("popup")) await page.screenshot({ path: join(folder, `${name}-full.png`) });
	await page.setViewportSize(NARROW);
	await page.screenshot({ path: join(folder, `${name}-360.png`) });
	await page.setViewportSize(TALL);
	await page.screenshot({ path: join(folder, `${name}-tall.png`) });
	await page.setViewportSize(FULL);
}
