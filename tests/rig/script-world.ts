import type { CDPSession, Frame, Page } from "@playwright/test";

/** The answer of the background: a value, nothing for this page, or none at all. */
export type Said = { readonly value?: unknown } | undefined;

/**
 * The world of Sigill's own script in a page: whoever took over the process of that page speaks from there, with every
 * word that the script has and any other.
 */
export class ScriptWorld {
	private constructor(
		private readonly session: CDPSession,
		private readonly contextId: number,
	) {}

	/** Of a page, or of a frame of another site's in it. */
	static async of(page: Page | Frame): Promise<ScriptWorld> {
		const context = "context" in page ? page.context() : page.page().context();
		const session = await context.newCDPSession(page);
		const world = new Promise<number>((resolve) => {
			session.on("Runtime.executionContextCreated", ({ context }) => {
				if (context.origin.startsWith("chrome-extension:")) resolve(context.id);
			});
		});
		await session.send("Runtime.enable");
		return new ScriptWorld(session, await world);
	}

	async say(message: object): Promise<Said> {
		return (await this.does(`chrome.runtime.sendMessage(${JSON.stringify(message)})`)) as Said;
	}

	/** What a script there gets that does this; an error, where it may not. */
	async does(expression: string): Promise<unknown> {
		const { result, exceptionDetails } = await this.session.send("Runtime.evaluate", {
			contextId: this.contextId,
			expression,
			awaitPromise: true,
			returnByValue: true,
		});
		if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
		return result.value;
	}
}
