import { closeSync, ftruncateSync, openSync, writeFileSync } from "node:fs";
import { digest, entries } from "../rig/evidence.ts";
import { expect, test } from "../rig/fixtures.ts";
import { logins } from "../rig/logins.ts";

test("rows that make no sense are named and cost no other row", async ({ person }, info) => {
	await person.createVault();
	const file = info.outputPath("damaged.csv");
	writeFileSync(
		file,
		'name,url,username,password\nA,https://a.example,u,p\nB,https://b.example,u,\nC,,u,"p\nD,https://d.example,u,q\n',
	);
	await person.open("import");
	await person.page.getByLabel(person.t("import_file")).setInputFiles(file);
	const reason = person.t("import_error_no_password");
	await expect(person.page.getByText(person.t("import_error_line", { line: 3, reason }))).toBeVisible();
	await person.button("import_do_other", { n: 2 }).click();
	await expect(person.heading("import_done_other", { n: 2 })).toBeVisible();
	await person.button("import_undo").click();
	await person.has(0);
});

test("files that are no password export are refused with the reason, and nothing is written", async ({
	person,
}, info) => {
	await person.createVault();
	await person.open("import");
	const refused: [string, Buffer | undefined, string][] = [
		["words.csv", Buffer.from("nothing but words\n"), "import_error_unknown"],
		["empty.csv", Buffer.alloc(0), "import_error_empty"],
		["picture.csv", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), "import_error_file_encoding"],
		["huge.csv", undefined, "import_too_large"],
	];
	for (const [name, content, key] of refused) {
		const file = info.outputPath(name);
		if (content) writeFileSync(file, content);
		else sparse(file, 100 * 1024 * 1024);
		await person.page.getByLabel(person.t("import_file")).setInputFiles(file);
		await expect(person.page.getByRole("alert")).toContainText(person.t(key));
	}
	await person.has(0);
});

test("an import can be undone as one batch", async ({ person }) => {
	await person.createVault();
	await person.add("Mine", "anna", "pass phrase");
	const before = digest(await entries(person));
	await person.import(logins(20));
	await person.button("import_undo").click();
	await person.has(1);
	expect(digest(await entries(person))).toBe(before);
});

test("while the service is down everything but danger goes on, and danger says why not", async ({
	person,
	network,
}) => {
	await person.createVault();
	await person.connectNew();
	network.down(true);
	await person.add("Offline", "anna", "pass phrase");
	await person.has(1);
	await person.open("settings");
	const opens = person.browser.context.waitForEvent("page");
	await person.button("link_clear_everywhere").click();
	const page = await opens;
	await expect(page.getByText(person.t("error_service_unreachable"))).toBeVisible();
	await expect(person.button("send_code", {}, page)).toHaveCount(0);
	network.down(false);
	await person.sync();
});

test("a wrong master password opens nothing and says so", async ({ person }) => {
	await person.createVault();
	await person.lock();
	await person.unlock("not the master password");
	await expect(person.says("error_wrong_master_password")).toBeVisible();
	await person.unlock();
	await person.isOpen();
});

function sparse(file: string, length: number): void {
	const handle = openSync(file, "w");
	ftruncateSync(handle, length);
	closeSync(handle);
}
