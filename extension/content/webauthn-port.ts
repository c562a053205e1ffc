/**
 * The way between a page's own world and the extension's script in it. It is handed over once, while the page may look
 * on: a page that took it could say no more than it can say to `navigator.credentials`.
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

/** In the extension's world, where the scripts begin: hands an end over to whoever asks first. */
export function handOver(): MessagePort {
	const { port1, port2 } = new MessageChannel();
	const hand = () => dispatchEvent(new MessageEvent(HANDED, { ports: [port2] }));
	addEventListener(WANTED, hand, { capture: true, once: true });
	return port1;
}

/** In the page's world, after that: takes it, once. */
export function takeOver(take: (port: MessagePort) => void): void {
	const heard = (event: Event) => {
		const port = event instanceof MessageEvent ? event.ports[0] : undefined;
		if (port) take(port);
	};
	addEventListener(HANDED, heard, { capture: true, once: true });
	dispatchEvent(new Event(WANTED));
}
