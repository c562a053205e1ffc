import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";
import type { Person } from "../rig/person.ts";

interface Derivation {
	readonly kdf: Readonly<Record<string, unknown>>;
	readonly salt: string;
}

const WEAK = { algorithm: "argon2id", memory: 19 * 1024, iterations: 2, parallelism: 1 };
const STRONG = { algorithm: "argon2id", memory: 64 * 1024, iterations: 3, parallelism: 4 };

function kdf(person: Person): Promise<Derivation["kdf"]> {
	return person.ask<Derivation>("derivation").then((derivation) => derivation.kdf);
}

async function openDerivation(person: Person): Promise<void> {
	await person.open("settings");
	await person.button("settings_kdf").click();
	await expect(person.heading("kdf_title")).toBeVisible();
}

test("the person chooses what a guess costs: limits are refused with words before any work, and the same master password opens", async ({
	person,
	device,
	mailbox,
}) => {
	test.setTimeout(240_000);
	await person.createVault();
	await person.import(logins(2));
	await person.connectNew();
	const before = digest(await entries(person));
	const other = await device("B");
	await other.takeUp();

	await openDerivation(person);
	await person.secret("unlock_password").fill(person.master);
	for (const [memory, says] of [
		["63", "error_kdf_too_weak"],
		["1025", "error_kdf_too_heavy"],
		["x", "kdf_not_a_number"],
	] as const) {
		await person.field("kdf_memory").fill(memory);
		await person.button("kdf_submit").click();
		await expect(person.says(says)).toBeVisible();
	}
	expect(await kdf(person)).toEqual(STRONG);
	await person.page.getByRole("radio", { name: person.t("kdf_pbkdf2"), exact: true }).check();
	await person.secret("unlock_password").fill("not that one");
	await person.button("kdf_submit").click();
	await expect(person.says("error_wrong_master_password")).toBeVisible({ timeout: 60_000 });
	await person.secret("unlock_password").fill(person.master);
	await person.button("kdf_submit").click();
	await expect(person.says("kdf_done")).toBeVisible({ timeout: 60_000 });
	expect(await kdf(person)).toEqual({ algorithm: "pbkdf2", iterations: 600_000 });
	const notice = await mailbox.next();
	expect(notice.subject).toBe(person.t("mail_kdf_lowered_subject"));
	await person.lock();
	await person.unlock();
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);

	await other.sync();
	await other.lock();
	await other.unlock();
	await other.isOpen();
	expect(digest(await entries(other))).toBe(before);

	await openDerivation(person);
	await person.page.getByRole("radio", { name: person.t("kdf_argon2id"), exact: true }).check();
	await person.field("kdf_memory").fill("1024");
	await person.field("kdf_iterations").fill("16");
	await person.secret("unlock_password").fill(person.master);
	await person.button("kdf_submit").click();
	await expect(person.says("deriving")).toBeVisible();
	await person.button("cancel").click(); // so much work can be broken off
	await expect(person.button("kdf_submit")).toBeVisible();
	expect(await kdf(person)).toEqual({ algorithm: "pbkdf2", iterations: 600_000 });
});

test("a vault that is cheaper to guess at than today's default is raised to it at unlock, silently", async ({
	person,
}) => {
	test.setTimeout(180_000);
	await person.page.evaluate(
		async ({ weak, password }) => {
			const from = (path: string) => chrome.runtime.getURL(`extension/wasm/${path}`);
			const { default: init, deriveRoot } = await import(from("sigill.js"));
			await init({ module_or_path: from("sigill_bg.wasm") });
			const derivation = { kdf: weak, salt: "AAECAwQFBgcICQoLDA0ODw" };
			const bytes: Uint8Array = await deriveRoot(derivation, new TextEncoder().encode(password));
			const letters = btoa(String.fromCharCode(...bytes));
			const root = letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
			const vault = { name: "Old", root, derivation, lockAfter: 15 };
			await chrome.runtime.sendMessage({ sigill: "call", method: "createVault", args: [vault] });
		},
		{ weak: WEAK, password: person.master },
	);
	await person.page.reload();
	await person.isOpen();
	await person.import(logins(2));
	const before = digest(await entries(person));
	expect(await kdf(person)).toEqual(WEAK);
	await person.lock();
	await person.unlock();
	await person.isOpen();
	await expect.poll(() => kdf(person)).toEqual(STRONG);
	await person.lock();
	await person.unlock();
	await person.isOpen();
	expect(digest(await entries(person))).toBe(before);
});
