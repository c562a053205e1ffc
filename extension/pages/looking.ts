import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Asks again now and then, and when the page gets the focus back; never twice at a time. */
export class Looking implements ReactiveController {
	private timer: ReturnType<typeof setInterval> | undefined;
	private running = false;

	constructor(
		host: ReactiveControllerHost,
		private readonly everyMs: number,
		private readonly ask: () => Promise<void>,
	) {
		host.addController(this);
	}

	hostConnected(): void {
		this.timer = setInterval(this.look, this.everyMs);
		addEventListener("focus", this.look);
	}

	hostDisconnected(): void {
		clearInterval(this.timer);
		removeEventListener("focus", this.look);
	}

	private readonly look = async (): Promise<void> => {
		if (this.running) return;
		this.running = true;
		try {
			await this.ask();
		} finally {
			this.running = false;
		}
	};
}
