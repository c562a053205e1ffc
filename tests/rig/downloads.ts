import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

/**
 * What a press saves, under that name. On a busy machine the driver sometimes says that it was saved before the file is
 * there: then it is pressed again.
 */
export async function downloaded(page: Page, name: string, press: () => Promise<void>): Promise<Buffer> {
	let content = Buffer.alloc(0);
	await expect(async () => {
		const saving = page.waitForEvent("download");
		await press();
		const saved = await saving;
		expect(saved.suggestedFilename()).toBe(name);
		content = readFileSync(await saved.path());
	}).toPass();
	return content;
}
