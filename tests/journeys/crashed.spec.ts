import { Browser } from "../rig/browser.ts";
import { entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import { Person } from "../rig/person.ts";

test.use({ fresh: true });

test("F3: a browser that is killed while it writes finds its old vault whole, and takes the new one then", async ({
	person,
	mailbox,
	network,
	language,
	account,
}) => {
	await person.createVault();
	await person.import(logins(3));
	await person.open("vault");
	const worker = await person.browser.worker();
	await worker.evaluate(neverCommits);
	const going = person.import(logins(200).slice(3)).catch(() => "cut off");
	await expect.poll(() => worker.evaluate(() => Reflect.get(self, "writes"))).toBe(true);
	const profile = await person.browser.crash();
	expect(await going).toBe("cut off");

	const browser = await Browser.open("A", { language, service: network.url }, profile);
	const again = await Person.at(browser, { language, mailbox, account });
	await again.unlock();
	await again.isOpen();
	expect(await entries(again)).toHaveLength(3);
	await again.import(logins(200).slice(3));
	expect(await entries(again)).toHaveLength(200);
	await browser.close();
});

/** In the worker: the next transaction that writes goes on for ever after its first row. */
function neverCommits(): void {
	const put = IDBObjectStore.prototype.put;
	IDBObjectStore.prototype.put = function (...row) {
		const asked = put.apply(this, row);
		const goOn = () => {
			this.count().onsuccess = goOn;
		};
		asked.addEventListener("success", () => {
			Reflect.set(self, "writes", true);
			goOn();
		});
		return asked;
	};
}
