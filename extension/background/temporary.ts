/**
 * A shared computer: whoever signed in there said that nothing is to stay. What
 * lives until the browser closes says whether it was closed since (or the
 * extension was updated: that looks the same).
 */
import { eraseAll, isSameRun, isTemporary, port } from "../storage/index.ts";
import type { Port, Session, Status } from "../wasm/light/sigill_light.js";

/** The service hears of it if it can; nothing waits for that longer. */
const PATIENCE_MS = 4000;

/** Erases what lies here where it was to stay for one run of the browser, and the cloud holds all of it. */
export async function forgetIfClosed(begin: (port: Port) => Session): Promise<void> {
	if (!(await isTemporary()) || (await isSameRun())) return;
	let over = false;
	// What is answered after the patience must not be written into the emptied store.
	const commit: typeof port.commit = async (...change) => (over ? undefined : port.commit(...change));
	const session = begin({ ...port, commit });
	try {
		const synced = await soon(session.syncNow());
		if (!isElsewhere(synced ?? (await session.status()))) return;
		await soon(session.signOut());
	} finally {
		over = true; // another session begins: this one knows nothing of what that writes
	}
	await eraseAll();
}

async function soon(work: Promise<Status>): Promise<Status | undefined> {
	const patience = new Promise<undefined>((done) => setTimeout(() => done(undefined), PATIENCE_MS));
	return Promise.race([work.catch(() => undefined), patience]);
}

/** Whether the cloud holds everything that lies here. */
function isElsewhere({ vault, sync }: Status): boolean {
	if (vault.state === "none") return true;
	if (vault.state === "damaged") return vault.connected;
	return vault.connected && "pending" in sync && sync.pending === 0;
}
