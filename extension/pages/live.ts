import { call } from "../background/client.ts";
import type { Status } from "../wasm/sigill.js";

/** An answer that comes sooner was not waited for. */
const SOON_MS = 1_000;
/** So many of those in a row, and the page's next look begins anew: no service keeps a page busy. */
const MOST_SOON = 3;

/** Another device's change is here at once: the session waits for it while `wanted`, and syncs when it comes. */
export class Live {
	private waiting = false;

	constructor(
		private readonly wanted: () => boolean,
		private readonly synced: (status: Status) => void,
	) {}

	/** Begins to wait, unless it does. A service that is away ends it. */
	async wait(): Promise<void> {
		if (this.waiting) return;
		this.waiting = true;
		try {
			let soon = 0;
			while (this.wanted() && soon < MOST_SOON) {
				const asked = performance.now();
				const moved = await call("moved");
				soon = performance.now() - asked < SOON_MS ? soon + 1 : 0;
				if (moved) this.synced(await call("syncNow"));
			}
		} catch {
			// What it failed by stands in the status, or is nothing that a page would show.
		} finally {
			this.waiting = false;
		}
	}
}
