import { expectAccessible } from "../rig/axe.ts";
import { expect, test } from "../rig/fixtures.ts";

for (const language of ["en", "sv"] as const) {
	test.describe(() => {
		test.use({ language });
		test(`kept out of sites, Sigill says so in page and popup, and asks for just what its manifest names (${language})`, async ({
			person,
		}) => {
			const { page } = person;
			await page.addInitScript(() => {
				const asked: unknown[] = [];
				Object.assign(globalThis, { asked });
				chrome.permissions.contains = async () => false;
				chrome.permissions.request = async (what: unknown) => asked.push(what) < 0;
			});
			for (const place of ["app", "popup"] as const) {
				await page.setViewportSize({ width: place === "app" ? 1100 : 360, height: 560 });
				await page.goto(person.browser.address(place, "#create"));
				await page.reload(); // only a new document has what was put in its way
				await expect(person.heading("site_access_title")).toBeVisible();
				await expectAccessible(page, `kept out of sites, ${place}`);
			}
			await person.button("site_access_allow").click();
			const asked = await page.evaluate(() => Reflect.get(globalThis, "asked"));
			expect(asked).toEqual([{ origins: ["http://*/*", "https://*/*"] }]);
		});
	});
}
