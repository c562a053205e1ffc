import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Nothing that axe can find, WCAG 2.2 AA and good practice alike; open shadow roots are looked into. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).setLegacyMode(false).analyze();
	const found = violations.map(
		({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target).join("; ")})`,
	);
	expect(found, `axe on ${name}`).toEqual([]);
}
