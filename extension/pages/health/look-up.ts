import { lookUpLeaks } from "../../background/client.ts";
import type { HealthLogin } from "../../wasm/sigill.js";
import { known } from "./known.ts";
import { grouped } from "./report.ts";
import type { Run } from "./run.ts";

/** Asks about the passwords of logins: by the first digits of their fingerprints. */
export async function lookUp(run: Run, logins: () => readonly HealthLogin[]): Promise<void> {
	const { leaks } = known();
	// Their order is that of the digits, which says nothing about the vault.
	const inOrder = () =>
		grouped(logins(), ({ prefix }) => prefix).toSorted(([one], [other]) =>
			one.prefix < other.prefix ? -1 : 1,
		);
	await run.through(inOrder, async (range) => {
		const byId = new Map(range.map((login) => [login.id, login]));
		// Of a password that is another by now nothing is said, and nothing learnt.
		for (const { id, times } of await lookUpLeaks(range[0].prefix, [...byId.keys()])) {
			const login = byId.get(id);
			if (login) leaks.learn(login, times);
		}
	});
}
