/** Writes entries for another program, or says what its format can't carry, away from the page; ended when it is done. */
import init, { exportItems, type Lost, losses, randomLength } from "../wasm/transfer/sigill_transfer.js";

export interface Job {
	/** A bundle; wiped when the job is done. */
	readonly items: Uint8Array<ArrayBuffer>;
	readonly format: string;
	/** Without one only what the format can't carry is said. */
	readonly write: { readonly password: Uint8Array<ArrayBuffer> | undefined } | undefined;
}

export type Answer =
	| { readonly lost: Lost }
	| { readonly file: Uint8Array<ArrayBuffer> }
	| { readonly failure: unknown };

addEventListener("message", ({ data }: MessageEvent<Job>) => {
	void answer(data).then((answer) => postMessage(answer));
});

async function answer({ items, format, write }: Job): Promise<Answer> {
	try {
		await init({ module_or_path: new URL("../wasm/transfer/sigill_transfer_bg.wasm", self.location.href) });
		if (!write) return { lost: losses(items, format) };
		const random = crypto.getRandomValues(new Uint8Array(randomLength()));
		const now = Math.floor(Date.now() / 1000);
		return { file: new Uint8Array(exportItems(items, { format, now }, write.password, random)) };
	} catch (failure) {
		return { failure };
	} finally {
		items.fill(0);
		write?.password?.fill(0);
	}
}
