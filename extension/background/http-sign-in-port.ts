/** What crosses between the window that asks which login a server gets, and the background. */
import type { Caution, Offered } from "../wasm/sigill.js";

/** The window connects by this name, and that of its request. */
export const HTTP_SIGN_IN = "http-sign-in";

/** What the window is told. */
export interface Asked {
	/** As in an address: with the port, where there is one of its own. */
	readonly host: string;
	/** The server's own word for what is behind it. */
	readonly realm: string;
	readonly logins: readonly Offered[];
}

/** What it answers. */
export interface Choice {
	readonly id: string;
	readonly despite: Caution | undefined;
}
