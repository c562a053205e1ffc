/**
 * Judges passwords one by one, off the page: and is ended after the last of them, so that none stays in a memory.
 */
import { serveJobs } from "./serve-jobs.ts";
import { strength } from "./strength.ts";
import { WEAK } from "./weak.ts";

export interface Job {
	readonly job: "score";
	readonly password: string;
	/** Words that make it weaker. */
	readonly known: string[];
}

/** What comes of it. */
export interface Results {
	/** At least; what is not weak may be stronger. */
	readonly score: number;
}

/** More of a password is not looked at: what begins with so many that are hard to guess is. */
const LONGEST = 64;
/** So many alone are looked at first: a long one of all sorts takes ten times as long, and is no weaker. */
const BEGINNING = 12;

serveJobs<Job>(({ password, known }) => score(password, known), {
	ready: async () => {},
	wipe: () => {},
});

function score(password: string, known: string[]): number {
	const beginnings = known.map((word) => word.slice(0, BEGINNING)); // a user name may begin as the password does
	const least = strength(password.slice(0, BEGINNING), [...known, ...beginnings]).score;
	return least >= WEAK ? least : strength(password.slice(0, LONGEST), known).score;
}
