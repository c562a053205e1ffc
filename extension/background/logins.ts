/** The logins that the vault has for what a tab shows. */
import type { Offers } from "../wasm/sigill.js";
import { call } from "./session.ts";

export async function loginsFor(url: string): Promise<Offers> {
	return call("offers", { place: { url, top: undefined }, kind: "login" });
}
