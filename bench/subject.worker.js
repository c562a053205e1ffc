/** One subject in a fresh worker: loads it, then times its one call. */
addEventListener("message", async ({ data: { subject, input } }) => {
	try {
		const { load, run } = await import(`./subjects/${subject}.js`);
		const loaded = await load(input);
		const begun = performance.now();
		const value = await run(loaded);
		const ms = performance.now() - begun;
		postMessage({ ms, value });
	} catch (error) {
		postMessage({ error: `${subject}: ${error?.stack ?? error}` });
	}
});
