import { Firefox, folders, type Preferences } from "./firefox.ts";
import { test as base } from "./fixtures.ts";

export { expect } from "@playwright/test";

/** The same rig, with the person at Firefox. */
export const test = base.extend<{ folder: string; preferences: Preferences }>({
	folder: [folders.packed, { option: true }],
	preferences: [{}, { option: true }],
	fresh: true,
	install: async ({ folder, preferences }, use) => {
		await use((_name, setting) => Firefox.install(folder, setting, preferences));
	},
});
