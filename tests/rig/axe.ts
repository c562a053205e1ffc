import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * Nothing that axe can find, WCAG 2.2 AA and good practice alike; open shadow roots are looked into. Legacy mode adds up what
 * it found in the page itself, not in a blank one that is opened for it each time: that is for frames of other sites.
 */
export async function expectAccessible(page: Page, name: string): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
	const found = violations.map(
		({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join("; ")})`,
	);
	expect(found, `axe on ${name}`).toEqual([]);
}
