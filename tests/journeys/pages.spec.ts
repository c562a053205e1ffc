import { expectAccessible } from "../rig/axe.ts";
import { expectFits } from "../rig/fits.ts";
import { expect, test } from "../rig/fixtures.ts";
import { everyPage } from "../rig/pages.ts";

test("the browser finds no error and no warning in the extension", async ({ person }) => {
	const page = await person.browser.context.newPage();
	await page.goto("chrome://extensions");
	const id = person.browser.id;
	const found = await page.evaluate(async (wanted) => {
		const extensions: { id: string; [name: string]: unknown }[] = await new Promise((done) => {
			Reflect.get(chrome, "developerPrivate").getExtensionsInfo({ includeDisabled: true }, done);
		});
		return extensions.find((extension) => extension.id === wanted);
	}, id);
	expect(found).toMatchObject({ manifestErrors: [], runtimeErrors: [], installWarnings: [] });
});

// A theme changes colours and a language changes words: either once is both.
for (const [theme, language] of [
	["light", "en"],
	["dark", "sv"],
] as const) {
	test.describe(() => {
		test.use({ language });
		test(`axe finds nothing on any page, and zoomed in nothing lies beside it (${theme}, ${language})`, async ({
			person,
			mailbox,
		}) => {
			test.setTimeout(480_000);
			await person.browser.set({ theme });
			await everyPage({ person, mailbox }, async (page, name) => {
				await expectAccessible(page, name);
				if (!name.startsWith("popup")) await expectFits(page, name);
			});
		});
	});
}
