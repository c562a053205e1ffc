import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Page } from "@playwright/test";
import { at } from "../../tools/machine.mjs";

/** A real OpenID provider on loopback, which signs anybody in. */
export class Provider {
	private constructor(
		readonly issuer: string,
		readonly stop: () => void,
	) {}

	static async start(redirect: string): Promise<Provider> {
		const home = process.env["SIGILL_TEST_OIDC_HOME"] ?? at();
		const child = spawn("node", [at("tests/rig/oidc.mjs"), redirect, home], {
			stdio: ["pipe", "pipe", "ignore"],
		});
		for await (const line of createInterface(child.stdout)) {
			return new Provider(JSON.parse(line).issuer, () => child.kill());
		}
		throw new Error("oidc-provider does not start: npm install");
	}

	/** As its settings name it. */
	settings(name: string): string {
		const client = { client_id: "sigill", client_secret: "the-client-secret" };
		return JSON.stringify([{ name, label: "Example", issuer: this.issuer, ...client }]);
	}

	/** Types a name there, says yes, and is sent back. */
	async signIn(page: Page, name: string): Promise<void> {
		await page.waitForURL(`${this.issuer}/**`);
		while (page.url().startsWith(this.issuer)) {
			const login = page.locator("input[name=login]");
			if (await login.isVisible()) {
				await login.fill(name);
				await page.locator("input[name=password]").fill("x");
			}
			const leaves = page.waitForEvent("framenavigated");
			await page.locator("button[type=submit]").click();
			await leaves;
			await page.waitForLoadState();
		}
	}
}
