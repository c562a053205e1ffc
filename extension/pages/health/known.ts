import { call, onChanged } from "../../background/client.ts";
import type { HealthLogin } from "../../wasm/sigill.js";

/** A password of a login, without saying it: another one would stand there since another time. */
type Of = Pick<HealthLogin, "id" | "since">;

/** What was learnt of passwords, by the logins that they are of. In this page's memory, while the vault is open. */
class Known<T> {
	private readonly kept = new Map<string, T>();
	private isOpen = true;

	of({ id, since }: Of): T | undefined {
		return this.kept.get(`${id} ${since}`);
	}

	/** An answer that was on its way when the vault closed comes too late. */
	learn({ id, since }: Of, what: T): void {
		if (this.isOpen) this.kept.set(`${id} ${since}`, what);
	}

	/** Nothing is known of a vault that is closed. */
	stand(isOpen: boolean): void {
		this.isOpen = isOpen;
		if (!isOpen) this.kept.clear();
	}
}

/** How hard each is to guess. */
export const scores = new Known<number>();
/** How often each was seen among those that leaked. */
export const leaks = new Known<number>();

onChanged(async () => {
	const isOpen = (await call("status")).vault.state === "open";
	scores.stand(isOpen);
	leaks.stand(isOpen);
});
