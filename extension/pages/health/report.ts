import type { HealthFinding, HealthLogin } from "../../wasm/sigill.js";
import { WEAK } from "../weak.ts";
import { known } from "./known.ts";

/** What is to mend of a login, the gravest first. */
export const KINDS = [
	"leaked",
	"reused",
	"weak",
	"in_clear",
	"two_factor",
	"old",
] as const satisfies readonly HealthFinding[];

/** What is wrong with a password itself: by these it is counted. */
const WRONG = ["leaked", "reused", "weak"] as const;

/** Where a login stands in the picture: at the gravest that is wrong with its password; open until it was judged. */
export const STANDINGS = ["fine", "open", "aside", "weak", "reused", "leaked"] as const;
export type Standing = (typeof STANDINGS)[number];

/** A finding of a login. */
export interface Found {
	readonly login: HealthLogin;
	readonly kind: HealthFinding;
}

export interface Report {
	readonly logins: readonly HealthLogin[];
	/** What is to mend, without what the person put aside. */
	readonly found: Readonly<Record<HealthFinding, readonly HealthLogin[]>>;
	readonly aside: readonly Found[];
	readonly standing: Readonly<Record<Standing, number>>;
	/** How many have a password that leaked, put aside or not. */
	readonly leaked: number;
	/** Of how many it is not known yet whether they are weak. */
	readonly unjudged: number;
	/** How many were not looked up. */
	readonly notLookedUp: number;
}

/** What is to mend, as far as it is known by now. */
export function reportOf(logins: readonly HealthLogin[]): Report {
	const { leaks, scores } = known();
	const standing = { fine: 0, open: 0, aside: 0, weak: 0, reused: 0, leaked: 0 };
	for (const login of logins) standing[standingOf(login)] += 1;
	const of = (kind: HealthFinding) => logins.filter((login) => isToMend(login, kind));
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
		aside: KINDS.flatMap((kind) =>
			logins.filter((login) => isAside(login, kind)).map((login) => ({ login, kind })),
		),
		standing,
		leaked: logins.filter((login) => (leaks.of(login) ?? 0) > 0).length,
		unjudged: logins.filter((login) => scores.of(login) === undefined).length,
		notLookedUp: logins.filter((login) => leaks.of(login) === undefined).length,
	};
}

function standingOf(login: HealthLogin): Standing {
	const gravest = WRONG.find((kind) => isToMend(login, kind));
	if (gravest) return gravest;
	if (WRONG.some((kind) => isAside(login, kind))) return "aside";
	return known().scores.of(login) === undefined ? "open" : "fine";
}

/** Whether something was found of a login that the person did not put aside. */
export function isToMend(login: HealthLogin, kind: HealthFinding): boolean {
	return isFound(login, kind) === true && !login.aside.includes(kind);
}

/** Whether it was put aside, and is not known to be over: a leak that was is one, though nobody looked it up today. */
function isAside(login: HealthLogin, kind: HealthFinding): boolean {
	return login.aside.includes(kind) && isFound(login, kind) !== false;
}

/** Whether it is so; nothing where that is not known. */
function isFound(login: HealthLogin, kind: HealthFinding): boolean | undefined {
	const { leaks, scores } = known();
	switch (kind) {
		case "leaked": {
			const times = leaks.of(login);
			return times === undefined ? undefined : times > 0;
		}
		case "weak": {
			const score = scores.of(login);
			return score === undefined ? undefined : score < WEAK;
		}
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
