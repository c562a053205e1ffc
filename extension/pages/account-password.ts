import { call } from "../background/client.ts";
import type { Status } from "../wasm/sigill.js";
import { derive } from "./derive.ts";

/** Thrown instead of sending it. */
const IS_MASTER_PASSWORD = {
	code: "is_master_password",
	triesLeft: undefined,
	retryAfter: undefined,
} as const;

/**
 * Before an account password leaves the extension it is tried against the vault, or the one that lies sealed here: if
 * it opens it, it is not sent.
 */
export async function refuseMasterPassword(status: Status, password: string): Promise<void> {
	const { vault } = status;
	const sealed = vault.state === "none" && vault.restorableUntil !== undefined;
	if (vault.state !== "locked" && vault.state !== "open" && !sealed) return;
	const root = await derive(await call("derivation"), password);
	if (await call("isMasterPassword", root)) throw IS_MASTER_PASSWORD;
}
