import type { Page } from "@playwright/test";

/** What a page of ours asks the background is stood beside: counted, or its answers held. */
interface Stood {
	held: (() => void)[];
	asked: string[];
}

/** From now on answers to what is named so wait, until they are let go. */
export async function holding(page: Page, name: string): Promise<void> {
	await stand(page, name);
}

/** How many of them wait. */
export function held(page: Page): Promise<number> {
	return page.evaluate(() => (globalThis as unknown as Stood).held.length);
}

/** Whatever is asked from now on is answered at once; what waits does so still. */
export async function holdNoMore(page: Page): Promise<void> {
	await page.evaluate(() => Object.assign(globalThis, { holds: "" }));
}

/** They come, and whatever is asked from now on is answered at once. The page has taken them when this returns. */
export async function letGo(page: Page): Promise<void> {
	await holdNoMore(page);
	await page.evaluate(async () => {
		const { held } = globalThis as unknown as Stood;
		for (const go of held.splice(0)) go();
		await new Promise((go) => setTimeout(go)); // a turn: what comes of them is drawn by then
	});
}

/** What is asked for from now on, by name. */
export async function watching(page: Page): Promise<() => Promise<string[]>> {
	await stand(page, "");
	return () => page.evaluate(() => (globalThis as unknown as Stood).asked);
}

async function stand(page: Page, name: string): Promise<void> {
	await page.evaluate((holds) => {
		type Message = { sigill: string; method?: string };
		const send = chrome.runtime.sendMessage as (message: Message) => Promise<unknown>;
		const stood = Object.assign(globalThis, { held: [], asked: [], holds }) as unknown as Stood & {
			holds: string;
		};
		chrome.runtime.sendMessage = (async (message: Message) => {
			const named = message.method ?? message.sigill;
			stood.asked.push(named);
			const answer = await send(message);
			if (named === stood.holds) await new Promise<void>((go) => stood.held.push(go));
			return answer;
		}) as typeof chrome.runtime.sendMessage;
	}, name);
}
