// `npm start`: sets up, builds, starts the account service and opens the extension.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { flags } from "./browser.mjs";
import { build } from "./build.mjs";
import { at, chromium, environment, Missing, root } from "./machine.mjs";
import { buildService, startService } from "./service.mjs";
import { setup } from "./setup.mjs";

const ADDRESS = "127.0.0.1:8787";

async function start() {
	console.log("set-up");
	await setup("start");
	console.log("build");
	await build();
	const binary = await buildService();

	mkdirSync(at("out", "dev"), { recursive: true });
	const service = await startService(binary, {
		address: ADDRESS,
		flags: ["--dev"],
		env: {
			SIGILL_PUBLIC_URL: `http://${ADDRESS}`,
			SIGILL_DATABASE_URL: `sqlite://${at("out", "dev", "sigill.db")}?mode=rwc`,
			SIGILL_SECRETS_DIR: at("out", "dev", "secrets"),
		},
	});
	const browser = openBrowser();
	tell(browser);

	for (const signal of ["SIGINT", "SIGTERM"]) {
		process.once(signal, () => {
			browser?.kill();
			service.stop();
		});
	}
	const code = await service.ended;
	browser?.kill();
	process.exitCode = code === 0 ? 0 : 1;
}

function openBrowser() {
	const program = chromium();
	const display =
		process.env.DISPLAY || process.env.WAYLAND_DISPLAY || ["darwin", "win32"].includes(process.platform);
	if (!program || !display) return undefined;
	const profile = at("out", "dev", "browser");
	const first = !existsSync(profile);
	const pages = first
		? [`http://${ADDRESS}/dev/inbox`, "chrome://extensions"]
		: [`http://${ADDRESS}/dev/inbox`];
	return spawn(program, [`--user-data-dir=${profile}`, ...flags, ...pages], {
		env: environment,
		stdio: "ignore",
	});
}

function tell(browser) {
	console.log(`\nSigill's account service: http://${ADDRESS}`);
	console.log(`Its mails:                http://${ADDRESS}/dev/inbox`);
	console.log(
		browser
			? "Chromium is open with the extension: click the seal in the toolbar."
			: `No display here. In Chromium: chrome://extensions → Developer mode → Load unpacked → ${root}`,
	);
	console.log("Ctrl-C stops everything.\n");
}

await start().catch((error) => {
	console.error(error instanceof Missing ? error.message : error);
	process.exit(1);
});
