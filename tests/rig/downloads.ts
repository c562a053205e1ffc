import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { savedFile } from "./evidence.ts";

/** What a press saves, under that name. Read where the browser says it lies: one that is used again may forget the driver's folder. */
export async function downloaded(page: Page, name: string, press: () => Promise<void>): Promise<Buffer> {
	const saving = page.waitForEvent("download");
	await press();
	const saved = await saving;
	expect(saved.suggestedFilename()).toBe(name);
	await saved.path(); // all of it is there
	return readFileSync(await savedFile(page));
}
