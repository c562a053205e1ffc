// Draws seal.svg as the PNG files that browsers want: `node extension/icons/render.mjs` after the drawing changed.
import { readFile } from "node:fs/promises";
import { chromium } from "@playwright/test";

const svg = await readFile(new URL("seal.svg", import.meta.url), "utf8");
const browser = await chromium.launch({
	executablePath: process.env.SIGILL_CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu"],
});
for (const size of [16, 32, 48, 128]) {
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	await page.setContent(
		`<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
	);
	const path = new URL(`seal-${size}.png`, import.meta.url).pathname;
	await page.screenshot({ path, omitBackground: true });
	await page.close();
}
await browser.close();
