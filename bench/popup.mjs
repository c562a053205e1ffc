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
	const times = { ours: [], killed: [], empty: [] };
	await press(page, site); // reads the popup's files from the disk
	for (let round = 0; round < rounds; round += 1) {
		times.ours.push(await press(page, site));
		await call("status"); // a browser ends a worker that is at nothing
		await kill();
		times.killed.push(await press(page, site));
		times.empty.push(await press(page, site, EMPTY));
	}
	report.time("10,000 items, popup opened to painted suggestions", times.ours, 150);
	report.time("  the same, the worker was killed before", times.killed);
	report.time("  a popup of a line of text, to its paint", times.empty);
	const own = times.ours.map((ms, at) => ms - times.empty[at]);
	report.time("  what ours takes beside what the browser does", own);
	await site.close();
}

const OURS = { page: "extension/pages/popup.html", mark: "sigill-here-painted" };
/** What the browser takes to open any popup: here one that shows a file of the extension as text. */
const EMPTY = { page: "manifest.json", mark: "first-contentful-paint" };

/** The button itself is out of a script's reach; what it does isn't. */
async function press(page, site, popup = OURS) {
	await page.evaluate((page) => chrome.action.setPopup({ popup: page }), popup.page);
	await site.bringToFront();
	const ms = await page.evaluate(async (mark) => {
		const moment = () => new Promise((done) => setTimeout(done, 5));
		const popup = () => chrome.extension.getViews({ type: "popup" })[0];
		const begun = performance.timeOrigin + performance.now();
		await chrome.action.openPopup();
		let painted;
		for (let turn = 0; turn < 2000 && !painted; turn += 1) {
			await moment();
			[painted] = popup()?.performance.getEntriesByName(mark) ?? [];
		}
		const { timeOrigin } = popup().performance;
		popup().close();
		while (popup()) await moment();
		return painted && timeOrigin + painted.startTime - begun;
	}, popup.mark);
	if (ms === undefined) throw new Error("the popup showed nothing");
	return ms;
}
