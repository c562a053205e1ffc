/**
 * Judges passwords one by one, off the page: and is ended after the last of them, so that none stays in a memory.
 */
import { serveJobs } from "./serve-jobs.ts";
import { strength } from "./strength.ts";

export interface Job {
	readonly job: "score";
	readonly password: string;
	/** Words that make it weaker. */
	readonly known: string[];
}

/** What comes of it. */
export interface Results {
	readonly score: number;
}

/** More of a password is not looked at: what begins with so many that are hard to guess is. */
const LONGEST = 64;

serveJobs<Job>(({ password, known }) => strength(password.slice(0, LONGEST), known).score, {
	ready: async () => {},
	wipe: () => {},
});
