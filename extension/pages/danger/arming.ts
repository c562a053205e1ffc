import type { ReactiveController, ReactiveControllerHost } from "lit";

/** The time that a page must have been seen before its confirming button takes a click. */
const SEEN_MS = 800;

/** Arms a confirming button 800 ms after paint, while the page is visible; hidden pages start over. */
export class Arming implements ReactiveController {
	armed = false;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
	}

	hostConnected(): void {
		document.addEventListener("visibilitychange", this.begin);
		this.begin();
	}

	hostDisconnected(): void {
		document.removeEventListener("visibilitychange", this.begin);
		this.disarm();
	}

	/** Something else is asked now. */
	readonly begin = (): void => {
		this.disarm();
		if (document.visibilityState !== "visible") return;
		void this.host.updateComplete.then(() => {
			// A frame's callback runs before it is painted, the next one's after.
			requestAnimationFrame(() =>
				requestAnimationFrame(() => {
					clearTimeout(this.timer);
					this.timer = setTimeout(() => this.arm(), SEEN_MS);
				}),
			);
		});
	};

	private arm(): void {
		this.armed = true;
		this.host.requestUpdate();
	}

	private disarm(): void {
		clearTimeout(this.timer);
		if (this.armed) this.host.requestUpdate();
		this.armed = false;
	}
}
