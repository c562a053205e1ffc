import { expect, type Page } from "@playwright/test";

/** 1280 pixels at 400 %: the width at which WCAG asks for one column. */
const NARROW = { width: 320, height: 640 };

/** Nothing lies beside the page however far a person zooms in; but for tables, which scroll in a frame of their own. */
export async function expectFits(page: Page, name: string): Promise<void> {
	const before = page.viewportSize();
	await page.setViewportSize(NARROW);
	const beside = await page.evaluate(() => {
		const found: string[] = [];
		const look = (root: Document | ShadowRoot) => {
			for (const element of root.querySelectorAll<HTMLElement>("*")) {
				if (element.shadowRoot) look(element.shadowRoot);
				const { left, right, width } = element.getBoundingClientRect();
				const { clip, clipPath, position, visibility } = getComputedStyle(element);
				const isSeen = width > 1 && visibility === "visible" && clip === "auto" && clipPath === "none";
				const isTable =
					element.closest("[role=region][tabindex]") !== null && !element.matches("[role=region]");
				if (!isSeen || isTable || position === "fixed") continue;
				if (right > innerWidth + 1 || left < -1) {
					found.push(
						`${element.localName}.${element.className}: ${Math.round(left)} to ${Math.round(right)}`,
					);
				}
			}
		};
		look(document);
		return found.slice(0, 5);
	});
	if (before) await page.setViewportSize(before);
	expect(beside, `what lies beside a narrow ${name}`).toEqual([]);
}
