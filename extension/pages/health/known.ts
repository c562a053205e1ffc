import type { HealthLogin } from "../../wasm/sigill.js";

/** A password of a login, without saying it: another one begins otherwise, or stands there since another time. */
type Of = Pick<HealthLogin, "id" | "since" | "prefix">;

/** What was learnt of passwords, by the logins that they are of. */
class Learnt<T> {
	private readonly kept = new Map<string, T>();

	of(login: Of): T | undefined {
		return this.kept.get(name(login));
	}

	learn(login: Of, what: T): void {
		this.kept.set(name(login), what);
	}
}

function name({ id, since, prefix }: Of): string {
	return `${id} ${since} ${prefix}`;
}

/** What this page knows of the passwords of an open vault: in its memory, until the vault closes. */
export class Known {
	/** The logins, as they were looked at last. */
	logins: readonly HealthLogin[] = [];
	/** What another page said of an entry: its login, and those with the same password. */
	readonly told = new Map<string, readonly HealthLogin[]>();
	/** How hard each is to guess. */
	readonly scores = new Learnt<number>();
	/** How often each was seen among those that leaked. */
	readonly leaks = new Learnt<number>();
}

let now = new Known();

/**
 * What is known. Whoever asks for more takes it before, and puts the answer into that: one that was on its way when the
 * vault closed reaches nobody, also where the vault is open again by then.
 */
export function known(): Known {
	return now;
}

/** The vault is closed. */
export function forget(): void {
	now = new Known();
}
