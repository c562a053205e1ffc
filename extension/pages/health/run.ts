import type { ReactiveController, ReactiveControllerHost } from "lit";
import { failureText } from "../failure.ts";

/** So often its host is drawn anew, at most: what it shows may be made of thousands of things. */
const TELL_MS = 200;

/** What is done with each thing; whoever breaks it off wants no more of it. */
type Work<T> = (thing: T, broken: AbortSignal) => Promise<void>;

/** Goes through many things, a few at a time; the person sees how far it is, and may break it off. */
export class Run implements ReactiveController {
	done = 0;
	total = 0;
	/** What it ended by before its end. */
	failure: string | undefined;
	private stopping: AbortController | undefined;
	/** What was under way when it was broken off may still be. */
	private underWay: Promise<unknown> = Promise.resolve();
	private told = 0;

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

	/**
	 * Whether it came to the last of them: the first that fails ends it, as the person does. Which they are is asked for
	 * once nothing of a run before is under way: so never more are than there are lanes, and nothing is done twice.
	 */
	async through<T>(things: () => readonly T[], work: Work<T>): Promise<boolean> {
		const { signal } = this.begin(things().length);
		await this.underWay;
		if (signal.aborted) return false;
		const all = things();
		this.total = all.length;
		const rest = all.values();
		const lanes = Array.from({ length: this.lanes }, () => this.lane(rest, work, signal));
		this.underWay = Promise.allSettled(lanes);
		let failed = false;
		try {
			await Promise.all(lanes);
		} catch (thrown) {
			failed = true;
			if (!signal.aborted) this.failure = failureText(thrown);
		}
		if (signal.aborted) return false;
		this.stop();
		return !failed;
	}

	private begin(total: number): AbortController {
		this.stop();
		this.stopping = new AbortController();
		this.done = 0;
		this.total = total;
		this.failure = undefined;
		return this.stopping;
	}

	private async lane<T>(rest: Iterable<T>, work: Work<T>, broken: AbortSignal): Promise<void> {
		for (const thing of rest) {
			await work(thing, broken);
			if (broken.aborted) {
				this.host.requestUpdate(); // what was under way still came of it
				return;
			}
			this.done += 1;
			if (performance.now() - this.told < TELL_MS) continue;
			this.told = performance.now();
			this.host.requestUpdate();
		}
	}
}
