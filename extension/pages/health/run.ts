import type { ReactiveController, ReactiveControllerHost } from "lit";
import { failureText } from "../failure.ts";

/** So often its host is drawn anew, at most: what it shows may be made of thousands of things. */
const TELL_MS = 200;

/** Goes through many things, a few at a time; the person sees how far it is, and may break it off. */
export class Run implements ReactiveController {
	done = 0;
	total = 0;
	/** What it ended by before its end. */
	failure: string | undefined;
	private stopping: AbortController | undefined;

	constructor(
		private readonly host: ReactiveControllerHost,
		private readonly lanes: number,
	) {
		host.addController(this);
	}

	hostDisconnected(): void {
		this.stop();
	}

	get runs(): boolean {
		return this.stopping !== undefined;
	}

	stop(): void {
		this.stopping?.abort();
		this.stopping = undefined;
		this.host.requestUpdate();
	}

	/** Whether it came to the last of them: the first that fails ends it, as the person does. */
	async through<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<boolean> {
		this.stop();
		const mine = new AbortController();
		this.stopping = mine;
		this.done = 0;
		this.total = things.length;
		this.failure = undefined;
		this.host.requestUpdate();
		let told = performance.now();
		const rest = things.values();
		const lane = async () => {
			for (const thing of rest) {
				await work(thing);
				if (mine.signal.aborted) {
					this.host.requestUpdate(); // what was under way still came of it
					return;
				}
				this.done += 1;
				if (performance.now() - told < TELL_MS) continue;
				told = performance.now();
				this.host.requestUpdate();
			}
		};
		try {
			await Promise.all(Array.from({ length: this.lanes }, lane));
		} catch (thrown) {
			if (!mine.signal.aborted) this.failure = failureText(thrown);
		}
		const isOver = !mine.signal.aborted && this.failure === undefined;
		if (this.stopping === mine) this.stop();
		return isOver;
	}
}
