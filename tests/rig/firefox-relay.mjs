#!/usr/bin/env node
// Firefox as Playwright starts it: stands between the two, which speak WebDriver BiDi. Playwright is ahead of the browser:
// a command that this doesn't know counts as done, and what it leaves out of an extension's pages is said here.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { WebSocket, WebSocketServer } from "ws";
import { firefox } from "../../tools/machine.mjs";

const ARRIVED = new Set(["browsingContext.contextCreated", "browsingContext.navigationCommitted"]);
/** Our own questions are numbered from here on: Playwright counts from one. */
const FIRST = 2 ** 40;

const browser = spawn(firefox(), process.argv.slice(2), { stdio: ["ignore", "inherit", "pipe"] });
browser.once("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => browser.kill(signal));

for await (const line of createInterface({ input: browser.stderr })) {
	const [address] = /ws:\S+$/.exec(line) ?? [];
	process.stderr.write(`${address ? line.replace(address, await relay(address)) : line}\n`);
}

/** Where Playwright finds the browser that listens at an address. */
async function relay(address) {
	const server = new WebSocketServer({ host: "127.0.0.1", port: 0, verifyClient: ({ origin }) => !origin });
	// No page may speak to the browser that it is in.
	server.on("connection", (near, { url }) => join(near, new WebSocket(address + url)));
	await once(server, "listening");
	return `ws://127.0.0.1:${server.address().port}`;
}

function join(near, far) {
	const open = once(far, "open");
	const asked = new Set();
	const say = (message) => near.send(JSON.stringify(message));
	near.on("message", async (data) => {
		await open;
		far.send(String(data));
	});
	far.on("message", (data) => {
		const { id, error, method, params, result } = JSON.parse(data);
		if (asked.has(id)) for (const realm of result?.realms ?? []) arrive(realm, say);
		else if (error === "unknown command") say({ type: "success", id, result: {} });
		else near.send(String(data));
		if (!ARRIVED.has(method) || !params.url.startsWith("moz-extension:")) return;
		const question = FIRST + asked.size;
		asked.add(question);
		const { context } = params;
		far.send(JSON.stringify({ id: question, method: "script.getRealms", params: { context } }));
	});
	near.on("close", () => far.close());
	far.on("close", () => near.close());
}

/** Of an extension's page Firefox may not say that scripts can run there, and never that it has loaded. */
function arrive(realm, say) {
	if (realm.sandbox !== undefined) return;
	const params = { context: realm.context, navigation: null, timestamp: Date.now(), url: realm.origin };
	say({ type: "event", method: "script.realmCreated", params: realm });
	say({ type: "event", method: "browsingContext.domContentLoaded", params });
	say({ type: "event", method: "browsingContext.load", params });
}
