import { Danger } from "../rig/danger.ts";
import { sealed } from "../rig/evidence.ts";
import { expect, type Rig, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

async function connected(person: Person): Promise<void> {
	await person.createVault();
	await person.import(logins(3));
	await person.connectNew();
}

/** The service put one generation aside, and mailed one code and one notice. */
async function exactlyOneEffect(
	person: Person,
	{ mailbox, network }: Pick<Rig, "mailbox" | "network">,
): Promise<void> {
	expect(await sealed(person)).toEqual([]);
	const displaced = await person.ask<{ count: number }[]>("displaced");
	expect(displaced.map(({ count }) => count)).toEqual([3]);
	expect(network.count(/POST \/v1\/operations\/\w+\/code/)).toBe(0);
	await mailbox.next(); // the notice
	expect(mailbox.unread).toBe(0);
}

test("killed between request and answer: the same operation, one mail, one effect", async ({
	person,
	mailbox,
	network,
}) => {
	await connected(person);
	const danger = await Danger.from(person, "clear_everywhere");
	const held = network.hold(/POST \/v1\/operations$/, "answer");
	await danger.button("send_code").click();
	await held.reached();
	await person.browser.killWorker();
	held.drop();

	const mail = await mailbox.next();
	await expect(danger.code).toBeVisible({ timeout: 30_000 });
	expect(mail.text).toContain((await danger.words()).join(" "));
	await danger.confirm(mail);
	await danger.isDone();
	await exactlyOneEffect(person, { mailbox, network });
});

test("killed between confirm and answer: the answer is fetched, one effect", async ({
	person,
	mailbox,
	network,
}) => {
	await connected(person);
	const danger = await Danger.from(person, "clear_everywhere");
	await danger.sendCode();
	const mail = await mailbox.next();
	const held = network.hold(/POST \/v1\/operations\/\w+\/confirm/, "answer");
	await danger.confirm(mail);
	await held.reached();
	await person.browser.killWorker();
	held.drop();

	await danger.isDone();
	await exactlyOneEffect(person, { mailbox, network });
});

for (const writes of [0, 1, 2]) {
	test(`killed after the receipt and ${writes} of what follows it: applied once`, async ({
		person,
		mailbox,
		network,
	}) => {
		await connected(person);
		const danger = await Danger.from(person, "clear_everywhere");
		await danger.sendCode();
		const mail = await mailbox.next();
		const held = network.hold(/POST \/v1\/operations\/\w+\/confirm/, "answer");
		await danger.confirm(mail);
		await held.reached();
		await (await person.browser.worker()).evaluate(hangAfter, writes);
		held.release();
		await expect
			.poll(async () => (await person.browser.worker()).evaluate(() => Reflect.get(self, "hangs")))
			.toBe(true);
		await person.browser.killWorker();

		await danger.isDone();
		await exactlyOneEffect(person, { mailbox, network });
	});
}

/** In the worker: lets so many writes to the device's store pass; the next one waits for ever. */
function hangAfter(writes: number): void {
	const transaction = IDBDatabase.prototype.transaction;
	let left = writes;
	IDBDatabase.prototype.transaction = function (stores, mode, options) {
		if (mode !== "readwrite") return transaction.call(this, stores, mode, options);
		if (left === 0) {
			Reflect.set(self, "hangs", true);
			throw new DOMException("the worker is about to be killed", "AbortError");
		}
		left -= 1;
		return transaction.call(this, stores, mode, options);
	};
}
