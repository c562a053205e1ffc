import type { ReactiveController, ReactiveControllerHost } from "lit";
import { call, onChanged } from "../background/client.ts";
import type { Status } from "../wasm/sigill.js";
import { early } from "./early.ts";
import { Live } from "./live.ts";

const TOUCH_MS = 15_000;
/** A page that is looked at asks again now and then. */
const LOOK_MS = 15_000;

/** Asked while texts are on their way; a page that shows nothing yet need not wait for both in turn. */
const first = early(() => call("status"));

/** Keeps a page's idea of where the person stands fresh, and the session's idea that somebody is here. */
export class Standing implements ReactiveController {
	status: Status | undefined;
	failure: unknown;
	/** Whether entries may be others than the page shows. */
	private stale = false;
	private touched = Date.now();
	private stopListening: (() => void) | undefined;
	private timer: ReturnType<typeof setInterval> | undefined;
	private readonly live = new Live(
		() => this.isLooked(),
		(status) => this.take(status),
	);

	constructor(
		private readonly host: ReactiveControllerHost,
		/** The vault is open no longer; called before anything else is shown. */
		private readonly closed: () => void = () => {},
	) {
		host.addController(this);
	}

	hostConnected(): void {
		this.stopListening = onChanged(this.again);
		this.timer = setInterval(() => {
			if (document.visibilityState === "visible") this.look();
		}, LOOK_MS);
		document.addEventListener("visibilitychange", this.look);
		addEventListener("focus", this.look);
		addEventListener("pointerdown", this.touch, true);
		addEventListener("keydown", this.touch, true);
		this.look();
	}

	hostDisconnected(): void {
		this.stopListening?.();
		this.stopListening = undefined;
		clearInterval(this.timer);
		document.removeEventListener("visibilitychange", this.look);
		removeEventListener("focus", this.look);
		removeEventListener("pointerdown", this.touch, true);
		removeEventListener("keydown", this.touch, true);
	}

	/** Whether somebody sees an open vault that is kept in step. */
	private isLooked(): boolean {
		const { vault, sync } = this.status ?? {};
		const shown = this.stopListening !== undefined && document.visibilityState === "visible";
		return shown && vault?.state === "open" && sync?.state === "on";
	}

	/** Takes what a call just said. */
	take(status: Status): void {
		this.failure = undefined;
		if (!this.stale && JSON.stringify(status) === JSON.stringify(this.status)) return;
		this.stale = false;
		if (this.status?.vault.state === "open" && status.vault.state !== "open") this.closed();
		this.status = status;
		this.host.requestUpdate();
	}

	/** Something was written: pages look again, also where the person stands as before. */
	private readonly again = (): void => {
		this.stale = true;
		this.look();
	};

	private readonly look = (): void => {
		const answer = first() ?? call("status");
		void answer.then(
			(status) => {
				this.take(status);
				void this.live.wait();
			},
			(thrown: unknown) => {
				this.failure = thrown;
				this.host.requestUpdate();
			},
		);
	};

	private readonly touch = (): void => {
		if (this.status?.vault.state !== "open" || Date.now() - this.touched < TOUCH_MS) return;
		this.touched = Date.now();
		void call("touch").catch(this.look);
	};
}
