/** Scripts that pages get only where there is something to do for them. To come twice is nothing to them. */

export type Script = "content" | "webauthn-bridge" | "webauthn-page";

/** Brings a script into a frame of a tab, or into all of them. */
export async function bring(
	script: Script,
	{ tab, frame }: { tab: number; frame: number | "all" },
	world: "ISOLATED" | "MAIN" = "ISOLATED",
): Promise<void> {
	const files = [`extension/dist/${script}.js`];
	const frames = frame === "all" ? { allFrames: true } : { frameIds: [frame] };
	await chrome.scripting.executeScript({
		target: { tabId: tab, ...frames },
		files,
		world,
		injectImmediately: true,
	});
}
