// `npm run demo`: the main job, step by step in a real browser; `npm run screens`: a picture of every page;
// `npm run large`: 50,000 entries, what each step takes.
import { build } from "./build.mjs";
import { chromium, Missing, run } from "./machine.mjs";
import { testService } from "./service.mjs";
import { setup } from "./setup.mjs";

const [project = "demo"] = process.argv.slice(2);
try {
	await setup("test");
	if (!chromium())
		throw new Missing("Chromium", "apt-get install --no-install-recommends chromium chromium-driver");
	await build();
	const env = { SIGILL_SERVICE_BINARY: await testService() };
	await run(
		"playwright",
		["test", `--project=${project}`, `--reporter=${project === "large" ? "list" : "dot"}`],
		{ env },
	);
} catch (error) {
	console.error(error.message);
	process.exitCode = 1;
}
