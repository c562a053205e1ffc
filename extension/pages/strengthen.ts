import { call } from "../background/client.ts";
import { derive } from "./derive.ts";

/**
 * A vault whose master password is cheaper to guess than today's default is wrapped
 * anew, now that the password is at hand: the same password, the same algorithm.
 * What comes in between, as no network, leaves it for the next time.
 */
export async function strengthen(old: string, password: string): Promise<void> {
	try {
		const [now, derivation] = await Promise.all([call("derivation"), call("newDerivation")]);
		if (JSON.stringify(now.kdf) === JSON.stringify(derivation.kdf)) return;
		const root = await derive(derivation, password);
		await call("changeSlots", { root: old, act: { act: "derive", root, derivation } });
	} catch (thrown) {
		console.info(thrown);
	}
}
