import { lookUpLeaks } from "../../background/client.ts";
import type { HealthLogin } from "../../wasm/sigill.js";
import { leaks } from "./known.ts";
import { grouped } from "./report.ts";
import type { Run } from "./run.ts";

/** Asks about the passwords of logins: by the first digits of their fingerprints. */
export async function lookUp(run: Run, logins: readonly HealthLogin[]): Promise<void> {
	const ranges = grouped(logins, ({ prefix }) => prefix);
	// Their order is that of the digits, which says nothing about the vault.
	const inOrder = ranges.toSorted(([one], [other]) => (one.prefix < other.prefix ? -1 : 1));
	await run.through(inOrder, async (range) => {
		const found = await lookUpLeaks(
			range[0].prefix,
			range.map(({ id }) => id),
		);
		const times = new Map(found.map((leaked) => [leaked.id, leaked.times]));
		for (const login of range) leaks.learn(login, times.get(login.id) ?? 0);
	});
}
