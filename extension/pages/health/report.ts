import type { HealthLogin } from "../../wasm/sigill.js";
import { WEAK } from "../weak.ts";
import { leaks, scores } from "./known.ts";

/** What is to mend of a login, the gravest first. */
export const KINDS = ["leaked", "reused", "weak", "in_clear", "two_factor", "old"] as const;
export type KindOfFinding = (typeof KINDS)[number];

/** Where a login stands in the picture: at the gravest that is wrong with its password; open until it was judged. */
export const STANDINGS = ["fine", "open", "weak", "reused", "leaked"] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Report {
	readonly logins: readonly HealthLogin[];
	readonly found: Readonly<Record<KindOfFinding, readonly HealthLogin[]>>;
	readonly standing: Readonly<Record<Standing, number>>;
	/** Of how many it is not known yet whether they are weak. */
	readonly unjudged: number;
	/** How many were not looked up. */
	readonly notLookedUp: number;
}

/** What is to mend, as far as it is known by now. */
export function reportOf(logins: readonly HealthLogin[]): Report {
	const standing = { fine: 0, open: 0, weak: 0, reused: 0, leaked: 0 };
	for (const login of logins) standing[standingOf(login)] += 1;
	const of = (kind: KindOfFinding) => logins.filter((login) => isFound(login, kind));
	return {
		logins,
		found: {
			leaked: of("leaked").toSorted((one, other) => (leaks.of(other) ?? 0) - (leaks.of(one) ?? 0)),
			// Those that share a password stand together, the most of them first.
			reused: of("reused").toSorted(
				(one, other) => other.accounts - one.accounts || one.password - other.password,
			),
			weak: of("weak").toSorted((one, other) => (scores.of(one) ?? 0) - (scores.of(other) ?? 0)),
			in_clear: of("in_clear"),
			two_factor: of("two_factor"),
			old: of("old").toSorted((one, other) => one.since - other.since),
		},
		standing,
		unjudged: logins.filter((login) => scores.of(login) === undefined).length,
		notLookedUp: logins.filter((login) => leaks.of(login) === undefined).length,
	};
}

function standingOf(login: HealthLogin): Standing {
	const gravest = (["leaked", "reused", "weak"] as const).find((kind) => isFound(login, kind));
	return gravest ?? (scores.of(login) === undefined ? "open" : "fine");
}

function isFound(login: HealthLogin, kind: KindOfFinding): boolean {
	switch (kind) {
		case "leaked":
			return (leaks.of(login) ?? 0) > 0;
		case "weak":
			return (scores.of(login) ?? WEAK) < WEAK;
		default:
			return login.findings.includes(kind);
	}
}

/** The logins by what they have in common. */
export function grouped<K>(
	logins: readonly HealthLogin[],
	key: (login: HealthLogin) => K,
): readonly (readonly [HealthLogin, ...HealthLogin[]])[] {
	const groups = new Map<K, [HealthLogin, ...HealthLogin[]]>();
	for (const login of logins) {
		const group = groups.get(key(login));
		if (group) group.push(login);
		else groups.set(key(login), [login]);
	}
	return [...groups.values()];
}
