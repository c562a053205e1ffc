/**
 * A shared computer: whoever signed in there said that nothing is to stay. What
 * lives until the browser closes says whether it was closed since.
 */
import { changeSettings, eraseAll, isSameRun, settings } from "../storage/index.ts";
import type { Session } from "../wasm/sigill.js";

/** The service hears of it if it can; nothing waits for that longer. */
const PATIENCE_MS = 3000;

/** Erases what lies here where it was to stay for one run of the browser, and that is over. */
export async function forgetIfClosed(session: Session): Promise<boolean> {
	if (!(await settings()).temporary || (await isSameRun())) return false;
	await Promise.race([
		session.signOut().catch(() => undefined),
		new Promise((done) => setTimeout(done, PATIENCE_MS)),
	]);
	await eraseAll();
	await changeSettings({ temporary: false });
	return true;
}
