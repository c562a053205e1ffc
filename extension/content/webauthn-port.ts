/**
 * The way between a page's own world and the extension's script in it. It is handed over once, before any script of the
 * page runs. A page that had it could say no more than it can say to `navigator.credentials`.
 */

/** From the page's world. */
export type Said =
	| { readonly n: number; readonly say: "ask"; readonly words: string }
	| { readonly n: number; readonly say: "stop" }
	| { readonly n: number; readonly say: "on" };

/** To the page's world. */
export type Heard = { readonly n: number } & (Outcome | { readonly on: boolean });

/** What becomes of a request. */
export type Outcome =
	| { readonly outcome: "credential"; readonly credential: string }
	| { readonly outcome: "elsewhere" }
	| { readonly outcome: "refused"; readonly error: "NotAllowedError" | "InvalidStateError" };

const WANTED = "sigill-webauthn-wanted";
const HANDED = "sigill-webauthn-handed";

/** In the extension's world: hands an end over to the page's, whichever of the two scripts runs first. */
export function handOver(): MessagePort {
	const { port1, port2 } = new MessageChannel();
	let handed = false;
	const hand = () => {
		if (handed) return;
		dispatchEvent(new MessageEvent(HANDED, { ports: [port2] }));
	};
	const taken = () => {
		handed = true;
		removeEventListener(WANTED, hand, true);
		removeEventListener(`${HANDED}-taken`, taken, true);
	};
	addEventListener(WANTED, hand, true);
	addEventListener(`${HANDED}-taken`, taken, true);
	hand();
	return port1;
}

/** In the page's world: takes it, once. */
export function takeOver(take: (port: MessagePort) => void): void {
	const heard = (event: Event) => {
		const port = event instanceof MessageEvent ? event.ports[0] : undefined;
		if (!port) return;
		removeEventListener(HANDED, heard, true);
		dispatchEvent(new Event(`${HANDED}-taken`));
		take(port);
	};
	addEventListener(HANDED, heard, true);
	dispatchEvent(new Event(WANTED));
}
