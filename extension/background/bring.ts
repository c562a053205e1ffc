/** Scripts that pages get only where there is something to do for them. */

export type Script = "content" | "overlays" | "webauthn-bridge" | "webauthn-page";

/** A document in a tab, where the browser tells documents apart; else a frame, or all frames. */
export interface Where {
	readonly tab: number;
	readonly frame: number | "all";
	readonly document?: string | undefined;
}

/** Brings a script; says into which frames. */
export async function bring(
	script: Script,
	where: Where,
	world: "ISOLATED" | "MAIN" = "ISOLATED",
): Promise<number[]> {
	const files = [`extension/dist/${script}.js`];
	const injection = { target: targetOf(where), files, world, injectImmediately: true };
	const results = await chrome.scripting.executeScript(injection);
	return results.map(({ frameId }) => frameId);
}

function targetOf({ tab: tabId, frame, document }: Where): chrome.scripting.InjectionTarget {
	if (document !== undefined) return { tabId, documentIds: [document] };
	return frame === "all" ? { tabId, allFrames: true } : { tabId, frameIds: [frame] };
}
