/** Reads a backup file, and opens it with its master password, away from the page; ended when it is done. */
import init, {
	type BackupFile,
	type BackupItems,
	deriveRoot,
	inspectBackup,
	openBackup,
} from "../wasm/sigill.js";
import { base64url } from "./base64.ts";

export interface Job {
	readonly file: Uint8Array;
	/** NFKC, UTF-8; none to look at the file from outside. */
	readonly password: Uint8Array | undefined;
}

export type Answer =
	| { readonly about: BackupFile }
	| { readonly items: BackupItems }
	| { readonly failure: unknown };

addEventListener("message", ({ data }: MessageEvent<Job>) => {
	void answer(data).then((found) => postMessage(found));
});

async function answer({ file, password }: Job): Promise<Answer> {
	try {
		await init({ module_or_path: new URL("../wasm/sigill_bg.wasm", self.location.href) });
		const about = await inspectBackup(file);
		if (password === undefined) return { about };
		const root = await deriveRoot(about.derivation, password);
		return { items: await openBackup(file, base64url(root)) };
	} catch (failure) {
		return { failure };
	} finally {
		password?.fill(0);
	}
}
