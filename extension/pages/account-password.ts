import { call } from "../background/client.ts";
import type { Status } from "../wasm/sigill.js";
import { derive } from "./derive.ts";

/** Thrown instead of sending it. */
const IS_MASTER_PASSWORD = {
	code: "is_master_password",
	triesLeft: undefined,
	retryAfter: undefined,
} as const;

/** Before an account password leaves the extension it is tried against the vault: if it opens it, it is not sent. */
export async function refuseMasterPassword(status: Status, password: string): Promise<void> {
	const { state } = status.vault;
	if (state !== "locked" && state !== "open") return;
	const root = await derive(await call("derivation"), password);
	if (await call("isMasterPassword", root)) throw IS_MASTER_PASSWORD;
}
