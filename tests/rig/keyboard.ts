import { type CDPSession, expect, type Locator, type Page } from "@playwright/test";

/** A person at the keyboard, who has to see at every step where they are. */
export class Keyboard {
	private session: CDPSession | undefined;

	constructor(readonly page: Page) {}

	/** Goes on by the tab key until it is there, as far as a person would. */
	async to(wanted: Locator): Promise<void> {
		await expect(wanted).toBeAttached();
		for (let press = 0; press < 60; press += 1) {
			if (await wanted.evaluate((element) => element.matches(":focus"))) break;
			await this.page.keyboard.press("Tab");
			await this.sees();
		}
		await this.isAt(wanted);
	}

	/** The keyboard is there by itself. */
	async isAt(wanted: Locator): Promise<void> {
		await expect(wanted).toBeFocused();
		await this.sees();
	}

	async press(...keys: string[]): Promise<void> {
		for (const key of keys) await this.page.keyboard.press(key);
	}

	async type(text: string): Promise<void> {
		await this.page.keyboard.type(text);
	}

	/** Goes there, and presses it. */
	async use(wanted: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
		await this.to(wanted);
		await this.press(key);
	}

	/** Goes there, and types. */
	async fill(wanted: Locator, text: string): Promise<void> {
		await this.to(wanted);
		await this.type(text);
	}

	/** What has the keyboard shows it: by `:focus-visible`, and by an outline of its own or of what frames it. */
	async sees(): Promise<void> {
		const seen = await this.page.evaluate(() => {
			let at = document.activeElement;
			while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
			if (!at || at === document.body) return { at: "nothing", isMarked: true, isDrawn: true };
			const frames: Element[] = [];
			for (let one: Element | null = at; one; one = one.parentElement) frames.push(one);
			return {
				at: `${at.localName}#${at.id}.${at.className} ${at.getAttribute("aria-label") ?? ""}`,
				isMarked: at.matches(":focus-visible"),
				// A heading is where reading goes on; nothing is pressed there.
				isDrawn:
					/^h\d$/.test(at.localName) || frames.some((one) => getComputedStyle(one).outlineStyle !== "none"),
			};
		});
		expect(seen, "the focus is visible").toEqual({ at: seen.at, isMarked: true, isDrawn: true });
	}

	/** The same within closed roots, where no page can look: the focus that assistive technology is told of. */
	async seesIn(role: string, name: string): Promise<void> {
		this.session ??= await this.page.context().newCDPSession(this.page);
		const session = this.session;
		await expect
			.poll(async () => {
				const { nodes } = await session.send("Accessibility.getFullAXTree");
				const focused = nodes.filter((node) => node.properties?.some(isFocus));
				const at = focused.find(
					(node) => node.role?.value === role && String(node.name?.value).includes(name),
				);
				if (!at?.backendDOMNodeId)
					return focused.map((node) => `${node.role?.value} ${node.name?.value}`).join();
				const { object } = await session.send("DOM.resolveNode", { backendNodeId: at.backendDOMNodeId });
				const { result } = await session.send("Runtime.callFunctionOn", {
					objectId: object.objectId ?? "",
					functionDeclaration:
						"function () { return this.matches(':focus-visible') && getComputedStyle(this).outlineStyle }",
				});
				return result.value;
			}, `${role} ${name} has the keyboard, and shows it`)
			.toMatch(/^(solid|auto)$/);
	}
}

function isFocus({ name, value }: { name: string; value: { value?: unknown } }): boolean {
	return name === "focused" && value.value === true;
}
