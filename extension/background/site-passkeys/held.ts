/** What the vault holds for a site. */
import type { SitePasskeys } from "../../wasm/sigill.js";
import { session } from "../session.ts";

/** The passkeys of a relying party; nothing where the vault is locked. */
export async function heldFor(rp: string, user = ""): Promise<SitePasskeys | undefined> {
	const opened = await session();
	const { vault } = await opened.status();
	return vault.state === "open" ? opened.sitePasskeys(rp, user) : undefined;
}

/** What sites are named by where they are off. */
export function hostOf(origin: string): string {
	return new URL(origin).hostname;
}
