import { Danger } from "../rig/danger.ts";
import { digest, type Entry, entries } from "../rig/evidence.ts";
import { expect, type Rig, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

const NEW = "fyra nya ord utan samband 9";

/** The first device starts over with a new vault; the second has one entry that the cloud never saw. */
async function replaced({
	person,
	device,
	mailbox,
}: Pick<Rig, "person" | "device" | "mailbox">): Promise<Person> {
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const other = await device("B");
	await other.takeUp();
	await other.has(2);
	await person.lock();
	const danger = await Danger.forgotten(person);
	await danger.choose(NEW);
	await danger.sendCode();
	await danger.confirm(await mailbox.next());
	await danger.isDone();
	await person.unlock(NEW);
	await person.add("In the new vault", "anna", "pass phrase");
	await person.sync();
	await other.add("Only here", "anna", "pass phrase");
	return other;
}

const names = (found: readonly Entry[]) => found.map(({ name }) => name).sort();

test("S30: another device names who and when, counts what the cloud never saw, and keeps both by hand", async ({
	person,
	device,
	mailbox,
}) => {
	test.setTimeout(240_000);
	const other = await replaced({ person, device, mailbox });
	const before = digest(await entries(other));
	await other.meetsAnother();
	const { device: who, at } = await other.ask<{ device: string; at: number }>("differs");
	expect(who).toBe(person.t("connect_device_value"));
	expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(300);
	await expect(
		other.page.getByText(other.t("differs_text", { device: who, time: other.moment(at) })),
	).toBeVisible();
	await expect(other.says("differs_pending_one", { n: 1 })).toBeVisible();

	await other.secret("differs_password").fill(other.master);
	await other.button("found_different_cloud").click();
	await expect(other.says("error_wrong_master_password")).toBeVisible();
	expect(digest(await entries(other))).toBe(before);

	await other.decide("differs_both", NEW);
	await other.has(4);
	await other.sync();
	await person.sync();
	expect(names(await entries(person))).toEqual(names(await entries(other)));
	expect(digest(await entries(person))).toBe(digest(await entries(other)));
});

test("S31: connecting while both sides hold something is asked, never silent", async ({ person, device }) => {
	await person.createVault();
	await person.import(logins(1));
	await person.connectNew();
	const other = await device("B");
	await other.createVault();
	await other.add("Only here", "anna", "pass phrase");
	const before = digest(await entries(other));
	await other.signIn();
	await expect(other.heading("found_different_title")).toBeVisible();
	expect(digest(await entries(other))).toBe(before);
	await other.decide("found_different_cloud", other.master);
	await other.has(1);
	await other.sync();
	expect(digest(await entries(other))).toBe(digest(await entries(person)));
});

test("S31: bringing a vault to an account takes its master password, before anything is sent", async ({
	person,
	network,
}) => {
	await person.createVault();
	await person.import(logins(1));
	await person.signUp();
	await expect(person.heading("found_here_title")).toBeVisible();
	const asked = network.seen.length;
	const before = digest(await entries(person));
	await person.bring("inte huvudlösenordet");
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	expect(network.seen.slice(asked).filter((line) => !line.includes(" GET "))).toEqual([]); // it only looks
	expect(digest(await entries(person))).toBe(before);
	await person.bring();
	await expect(person.heading("nav_vault")).toBeVisible();
	await person.isInStep();
});
