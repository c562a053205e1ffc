// From a press of the extension's button to suggestions that are painted.
import { entries } from "./entries.js";

const SITE = `${new URL(entries(1)[0].url).origin}/`;

/** Beside a page that the vault has logins for. `call` and `kill` reach the background of `page`, one of ours. */
export async function measurePopup(report, { page, call, kill, context, rounds }) {
	await context.route(`${SITE}**`, (route) =>
		route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Shop</title><p>Nothing to fill" }),
	);
	const site = await context.newPage();
	await site.goto(SITE);
	const warm = [];
	const killed = [];
	await press(page, site); // reads the popup's files from the disk
	for (let round = 0; round < 2 * rounds; round += 1) {
		await call("status");
		if (round % 2 === 1) await kill();
		(round % 2 === 0 ? warm : killed).push(await press(page, site));
	}
	report.time("10,000 items, popup opened to painted suggestions", warm, 150);
	report.time("  the same, the worker was killed before", killed);
	await site.close();
}

/** The button itself is out of a script's reach; what it does isn't. */
async function press(page, site) {
	await site.bringToFront();
	const ms = await page.evaluate(async () => {
		const moment = () => new Promise((done) => setTimeout(done, 5));
		const popup = () => chrome.extension.getViews({ type: "popup" })[0];
		const begun = performance.timeOrigin + performance.now();
		await chrome.action.openPopup();
		let painted;
		for (let turn = 0; turn < 2000 && !painted; turn += 1) {
			await moment();
			[painted] = popup()?.performance.getEntriesByName("sigill-here-painted") ?? [];
		}
		const { timeOrigin } = popup().performance;
		popup().close();
		while (popup()) await moment();
		return painted && timeOrigin + painted.startTime - begun;
	});
	if (ms === undefined) throw new Error("the popup showed no suggestions");
	return ms;
}
