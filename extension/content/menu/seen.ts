/**
 * What a person can have seen of an element of ours in a page, whatever that page does meanwhile: asked for before a
 * press counts (docs/adr/0051).
 */

/** A press counts only where what is pressed has been in sight, and in its place, for so long since it was painted. */
export const SETTLED_MS = 350;
/** Nobody sees, decides and presses within so long; a page that lets no frame through for longer shows what we don't know of. */
const BLIND_MS = 200;

export class Seen {
	readonly #element: Element;
	readonly #sight: IntersectionObserver | undefined;
	#state: "unknown" | "seen" | "hidden" = "unknown";
	#settledAt = Number.POSITIVE_INFINITY;
	#painting = 0;
	#frames = 0;
	#frameAt = 0;

	constructor(element: Element) {
		this.#element = element;
		this.#sight = this.#watchSight();
	}

	/** It is there from now on. */
	begin(): void {
		this.#state = this.#sight ? "unknown" : "seen";
		this.#sight?.observe(this.#element);
		this.#watchFrames();
	}

	end(): void {
		this.#sight?.unobserve(this.#element);
		cancelAnimationFrame(this.#frames);
	}

	/** It stands elsewhere, or shows something else. A frame's callback runs before it is painted, the next one's after. */
	settle(): void {
		this.#settledAt = Number.POSITIVE_INFINITY;
		cancelAnimationFrame(this.#painting);
		this.#painting = requestAnimationFrame(() => {
			this.#painting = requestAnimationFrame(() => {
				this.#settledAt = performance.now() + SETTLED_MS;
			});
		});
	}

	/** Whether it was seen when that happened, however late the page let us hear of it. */
	wasSeenAt({ timeStamp }: Event): boolean {
		const isSettled = timeStamp >= this.#settledAt;
		return this.#state === "seen" && isSettled && timeStamp - this.#frameAt < BLIND_MS;
	}

	#watchFrames(): void {
		cancelAnimationFrame(this.#frames);
		this.#frames = requestAnimationFrame((at) => {
			this.#frameAt = at;
			this.#watchFrames();
		});
	}

	/** Chromium says whether anything lies over it, however transparent, or makes it so (Intersection Observer v2). */
	#watchSight(): IntersectionObserver | undefined {
		if (!("isVisible" in IntersectionObserverEntry.prototype)) return undefined;
		const options = { threshold: [0.99], trackVisibility: true, delay: 100 };
		return new IntersectionObserver((entries) => {
			const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible?: boolean }) | undefined;
			const isSeen = last?.isVisible === true;
			if (isSeen && this.#state === "hidden") this.settle();
			this.#state = isSeen ? "seen" : "hidden";
		}, options);
	}
}
