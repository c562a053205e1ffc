import { copyFileSync, readFileSync } from "node:fs";
import { type Download, expect, type Page } from "@playwright/test";
import { savedFile } from "./evidence.ts";

/** What a press saves, under that name. Read where the browser says it lies: one that is used again may forget the driver's folder. */
export async function downloaded(page: Page, name: string, press: () => Promise<void>): Promise<Buffer> {
	const saving = page.waitForEvent("download");
	await press();
	expect((await saving).suggestedFilename()).toBe(name);
	return readFileSync(await whole(page, saving));
}

/** What a page saves meanwhile, put where the test wants it. */
export async function keep(page: Page, saving: Promise<Download>, path: string): Promise<void> {
	copyFileSync(await whole(page, saving), path);
}

async function whole(page: Page, saving: Promise<Download>): Promise<string> {
	await (await saving).path(); // all of it is there
	return savedFile(page);
}
