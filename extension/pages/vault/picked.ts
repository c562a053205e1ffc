import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Which entries are selected, while somebody selects. */
export class Picked implements ReactiveController {
	/** Nothing while nobody selects. */
	ids: ReadonlySet<string> | undefined;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
	}

	hostConnected(): void {
		this.ids = undefined;
	}

	set(ids: ReadonlySet<string> | undefined): void {
		this.ids = ids;
		this.host.requestUpdate();
	}

	/** Begins, or ends. */
	readonly turn = (): void => this.set(this.ids ? undefined : new Set());

	/** Takes an entry in, or out. */
	readonly flip = (id: string): void => {
		const next = new Set(this.ids);
		if (!next.delete(id)) next.add(id);
		this.set(next);
	};
}
