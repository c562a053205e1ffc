// What a page pays for the extension's scripts in it.

const SITE = "https://shop.example";
const PARAGRAPH = "<section><h2>Heading</h2><p>Some words <a href='#'>and a link</a> in a row.</p></section>";
const INPUT = (at) => `<p><label>Field ${at} <input name="field${at}" placeholder="Type"></label></p>`;
const PAGES = {
	"/article": PARAGRAPH.repeat(500),
	"/many": `<form><input type="password">${Array.from({ length: 1000 }, (_, at) => INPUT(at)).join("")}<button>Send</button></form>`,
};
/** A page is at rest when nothing of ours has run for so long. */
const REST_MS = 2500;
const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "v8"];

/** The background, which counts logins for the button meanwhile, is no page's. */
const IN_PAGES = /\/extension\/dist\/(scout|content|overlays|webauthn-\w+)\.js/;

/** Main-thread time of the script in a page, from its first line to rest. */
export async function measurePages(report, { context, rounds }) {
	await context.route(`${SITE}/**`, (route) => {
		const { pathname } = new URL(route.request().url());
		const body = PAGES[pathname] ?? "";
		return route.fulfill({ contentType: "text/html", body: `<!doctype html><title>Page</title>${body}` });
	});
	const limits = { "/article": 2, "/many": 10 };
	for (const [path, limit] of Object.entries(limits)) {
		const times = [];
		for (let round = 0; round < rounds; round += 1) times.push(await mainThread(context, `${SITE}${path}`));
		const what = path === "/article" ? "a page without forms" : "a page of 1,000 inputs";
		report.time(`${what}, main thread of the script in it`, times, limit);
	}
}

async function mainThread(context, url) {
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	const events = [];
	session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
	await session.send("Tracing.start", {
		traceConfig: { includedCategories: CATEGORIES },
		transferMode: "ReportEvents",
	});
	await page.goto(url);
	await page.waitForTimeout(REST_MS);
	const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
	await session.send("Tracing.end");
	await complete;
	await page.close();
	return ours(events);
}

/** Milliseconds of the outermost events that are of our script. */
function ours(events) {
	const named = ["EvaluateScript", "FunctionCall", "v8.compile", "v8.evaluateModule"];
	const isOurs = ({ name, args }) =>
		named.includes(name) && IN_PAGES.test(args?.data?.url ?? args?.fileName ?? "");
	let sum = 0;
	let until = 0;
	for (const event of events.filter(isOurs).sort((one, other) => one.ts - other.ts)) {
		if (event.ts < until) continue; // within the one before
		until = event.ts + event.dur;
		sum += event.tdur ?? event.dur;
	}
	return sum / 1000;
}
