import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";

/** Sooner than any page looks by itself: a device in step looks at the cloud once a minute. */
const AT_ONCE = { timeout: 10_000 };

test("while a page is open, what another device changes is there at once, and its owner does nothing for it", async ({
	person,
	device,
	network,
}) => {
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const other = await device("B");
	await other.takeUp();
	await other.sync();
	await other.has(2);
	await expect.poll(() => network.count(/\/v1\/vault\/moved/)).toBeGreaterThan(0);

	await person.add("Here at once", "anna", "pass phrase");
	await expect(other.page.getByRole("link", { name: /^Here at once/ })).toBeVisible(AT_ONCE);

	await other.page.getByRole("link", { name: /^Here at once/ }).click();
	await other.button("item_edit").click();
	await other.field("field_name").fill("Named there");
	await other.button("save").click();
	await person.open("vault");
	await expect(person.page.getByRole("link", { name: /^Named there/ })).toBeVisible(AT_ONCE);
});
