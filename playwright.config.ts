import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

const ci = process.env["CI"] === "true";

/** Each test starts its own service, mail server and browser: nothing is shared but the processor. */
export default defineConfig({
	testDir: "tests",
	outputDir: "out/playwright",
	forbidOnly: ci,
	fullyParallel: true,
	// A journey waits for something that takes no processor much of its time.
	workers: Math.ceil(1.5 * availableParallelism()),
	// A machine that is loaded for a moment is not a fault; whatever passes only then is printed as flaky.
	retries: ci ? 1 : 0,
	timeout: 90_000,
	expect: { timeout: 15_000 },
	reporter: [["list"]],
	use: { trace: "off", actionTimeout: 75_000 },
	projects: [
		{ name: "journeys", testDir: "tests/journeys" },
		// Firefox 153 crashes now and then where WebDriver looked at many elements of an extension's page (adr/0053).
		{ name: "firefox", testDir: "tests/firefox", retries: 1 },
		{ name: "demo", testDir: "tests/demo", timeout: 300_000 },
		{
			name: "large",
			testDir: "tests/large",
			timeout: 3_600_000,
			expect: { timeout: 900_000 },
			use: { actionTimeout: 900_000 },
		},
		{ name: "screens", testDir: "tests/screens", timeout: 300_000 },
	],
});
