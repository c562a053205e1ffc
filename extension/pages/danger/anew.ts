import { call } from "../../background/client.ts";
import type { Act, Loss } from "../../wasm/sigill.js";

/** What an act would cost now. What moved comes here first: else sync changes the list while it is being read. */
export async function lossAnew(act: Act): Promise<Loss> {
	await call("syncNow").catch(() => undefined);
	return call("loss", act);
}
