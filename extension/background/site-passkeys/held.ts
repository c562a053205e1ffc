/** What the vault holds for a site. */
import type { SitePasskeys } from "../../wasm/sigill.js";
import { call, isOpen } from "../session.ts";

/** The passkeys of a relying party; nothing where the vault is locked. */
export async function heldFor(rp: string, user = ""): Promise<SitePasskeys | undefined> {
	return (await isOpen()) ? call("sitePasskeys", rp, user) : undefined;
}

/** What sites are named by where they are off. */
export function hostOf(origin: string): string {
	return new URL(origin).hostname;
}
