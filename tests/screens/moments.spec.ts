import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Browser } from "../rig/browser.ts";
import { MOMENTS } from "../rig/moments.ts";
import { scene } from "../rig/scenes.ts";

const OUT = join("out", "screens");
const SIZES = { "360": { width: 360, height: 600 }, full: { width: 1100, height: 900 } };

for (const theme of ["light", "dark"] as const) {
	for (const language of ["en", "sv"] as const) {
		test(`a picture of each moment that takes an account of its own kind (${theme}, ${language})`, async () => {
			const folder = join(OUT, `${theme}-${language}`);
			mkdirSync(folder, { recursive: true });
			const browser = await Browser.open("A", { theme, language });
			for (const { name, place, hash, answers } of MOMENTS) {
				const page = await scene(browser, place, hash, answers);
				await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
				for (const [size, viewport] of Object.entries(SIZES)) {
					await page.setViewportSize(viewport);
					// As high as the page is: a picture of a whole page would be laid out wider, by what its scrollbar takes.
					const whole = await page.evaluate(() => document.documentElement.scrollHeight);
					await page.setViewportSize({ ...viewport, height: whole });
					await page.screenshot({ path: join(folder, `${name}-${size}.png`) });
				}
				await page.close();
			}
			await browser.close();
		});
	}
}
