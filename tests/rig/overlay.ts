import { type CDPSession, expect, type Frame, type Page } from "@playwright/test";

/**
 * What Sigill shows in a page that isn't its own: in closed roots, where no page and no locator looks. It is found as
 * assistive technology finds it, by role and name, and pressed where it is drawn.
 */
export class Overlay {
	private session: CDPSession | undefined;

	/** In a page, or in a frame of another site within it. */
	constructor(
		private readonly page: Page,
		private readonly within: Page | Frame = page,
	) {}

	/** Presses it until it goes: what is pressed as soon as it shows, faster than anybody reads, doesn't count. */
	async press(role: string, name: string | RegExp): Promise<void> {
		await this.find(role, name);
		await expect(async () => {
			const [node] = await this.nodes(role, name);
			if (node === undefined) return;
			const { x, y } = await this.middle(node);
			await this.page.mouse.click(x, y);
			expect(await this.nodes(role, name)).not.toContain(node);
		}).toPass();
	}

	async sees(role: string, name: string | RegExp): Promise<void> {
		await this.find(role, name);
	}

	async seesNo(role: string, name: string | RegExp): Promise<void> {
		await expect.poll(async () => (await this.nodes(role, name)).length).toBe(0);
	}

	/** What is there now, if it is. */
	async now(role: string, name: string | RegExp): Promise<number | undefined> {
		const [node] = await this.nodes(role, name);
		return node;
	}

	/** Names of all of that role that are there now. */
	async names(role: string): Promise<string[]> {
		return (await this.all()).filter((node) => node.role?.value === role).map((node) => nameOf(node));
	}

	async middle(node: number): Promise<{ x: number; y: number }> {
		const session = await this.cdp();
		const { model } = await session.send("DOM.getBoxModel", { backendNodeId: node });
		const [left = 0, top = 0, right = 0, , , bottom = 0] = model.border;
		return { x: (left + right) / 2, y: (top + bottom) / 2 };
	}

	/** How it is drawn, as the browser computes it. */
	async style(role: string, name: string | RegExp): Promise<Readonly<Record<string, string>>> {
		const session = await this.cdp();
		const { object } = await session.send("DOM.resolveNode", { backendNodeId: await this.find(role, name) });
		const { result } = await session.send("Runtime.callFunctionOn", {
			objectId: object.objectId as string,
			functionDeclaration: `function () {
				const { color, backgroundColor, borderTopColor, fontFamily } = getComputedStyle(this);
				return { color, backgroundColor, borderTopColor, fontFamily };
			}`,
			returnByValue: true,
		});
		return result.value;
	}

	async find(role: string, name: string | RegExp): Promise<number> {
		let found: number | undefined;
		await expect
			.poll(async () => {
				[found] = await this.nodes(role, name);
				return found;
			}, `${role} ${name}`)
			.toBeDefined();
		return found ?? 0;
	}

	private async nodes(role: string, name: string | RegExp): Promise<number[]> {
		const fits = (said: string) => (typeof name === "string" ? said.includes(name) : name.test(said));
		const all = await this.all();
		return all
			.filter((node) => node.role?.value === role && fits(nameOf(node)))
			.flatMap((node) => node.backendDOMNodeId ?? []);
	}

	private async all() {
		const session = await this.cdp();
		const { nodes } = await session.send("Accessibility.getFullAXTree");
		return nodes.filter((node) => !node.ignored);
	}

	private async cdp(): Promise<CDPSession> {
		this.session ??= await this.page.context().newCDPSession(this.within);
		return this.session;
	}
}

function nameOf(node: { name?: { value?: unknown } }): string {
	return String(node.name?.value ?? "");
}
