import { test as base, expect } from "@playwright/test";
import { Browser, type Setting } from "./browser.ts";
import { Mailbox } from "./mail.ts";
import { Network } from "./network.ts";
import { type Account, Person } from "./person.ts";
import { Pool } from "./pool.ts";
import { Service, type Settings } from "./service.ts";
import type { Language } from "./texts.ts";

export { expect } from "@playwright/test";

export interface Rig {
	language: Language;
	/** Whether its browsers may be used again: not where what they leave on the disk is looked at. */
	fresh: boolean;
	mailbox: Mailbox;
	network: Network;
	/** What the service is told of its neighbours. */
	settings: Settings;
	service: Service;
	account: Account;
	/** Installs Sigill in a browser that is a device of its own. */
	install: (name: string, setting: Setting) => Promise<Browser>;
	/** A further device of the same person: its own browser and profile. */
	device: (name: string) => Promise<Person>;
	/** The person at the first device, where Sigill was just installed. */
	person: Person;
}

/** Pages may complain about the network; about these they have no reason to. */
const NEVER = /Content Security Policy|Trusted|Uncaught|is not defined|of undefined/;

let networks = 0;

export const test = base.extend<Rig, { pool: Pool }>({
	language: ["en", { option: true }],
	fresh: [false, { option: true }],
	pool: [
		async ({}, use) => {
			const pool = new Pool();
			await use(pool);
			await pool.close();
		},
		{ scope: "worker" },
	],
	mailbox: async ({}, use) => {
		const mailbox = await Mailbox.open();
		await use(mailbox);
		await mailbox.close();
	},
	network: async ({}, use, { workerIndex }) => {
		networks += 1;
		const network = await Network.open(`10.${workerIndex % 256}.${networks % 256}.1`);
		await use(network);
		await network.close();
	},
	settings: {},
	service: async ({ network, mailbox, settings }, use) => {
		const service = await Service.start(network, mailbox, settings);
		await use(service);
		await service.stop();
	},
	account: async ({}, use) => {
		await use({ email: "anna@person.example", password: "ett långt kontolösenord" });
	},
	install: async ({}, use) => {
		await use((name, setting) => Browser.open(name, setting));
	},
	device: async ({ pool, fresh, install, language, network, service, mailbox, account }, use, info) => {
		void service;
		const browsers: [name: string, browser: Browser][] = [];
		await use(async (name) => {
			const setting = { language, service: network.url };
			const browser = await (fresh ? install(name, setting) : pool.take(name, setting));
			browsers.push([name, browser]);
			return Person.at(browser, { language, mailbox, account });
		});
		for (const [name, browser] of browsers) {
			if (fresh || info.status !== info.expectedStatus) await browser.close();
			else await pool.giveBack(name, browser);
		}
		const complaints = browsers.flatMap(([, { complaints }]) => complaints);
		expect(complaints.filter((text) => NEVER.test(text))).toEqual([]);
	},
	person: async ({ device }, use) => {
		await use(await device("A"));
	},
});
