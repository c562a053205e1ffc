import { call } from "../background/client.ts";
import type { Status } from "../wasm/sigill.js";

/** What is news twice within this time is not taken over by syncing; the page's next look begins anew. */
const SOON_MS = 1_000;

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
			let last = 0;
			while (this.wanted()) {
				if (!(await call("moved"))) continue;
				if (performance.now() - last < SOON_MS) break;
				this.synced(await call("syncNow"));
				last = performance.now();
			}
		} catch {
			// What it failed by stands in the status, or is nothing that a page would show.
		} finally {
			this.waiting = false;
		}
	}
}
