/** Reads a file from another password manager, away from the page; ended when it is done. */
import init, { type Handed, parse } from "../wasm/transfer/sigill_transfer.js";

export type Reading = { readonly handed: Handed } | { readonly failure: unknown };

addEventListener("message", ({ data }: MessageEvent<Uint8Array>) => {
	void read(data).then((reading) => postMessage(reading));
});

async function read(bytes: Uint8Array): Promise<Reading> {
	try {
		await init({ module_or_path: new URL("../wasm/transfer/sigill_transfer_bg.wasm", self.location.href) });
		const now = Math.floor(Date.now() / 1000);
		return { handed: parse(bytes, { format: "chromium", columns: [], now }, undefined, undefined) };
	} catch (failure) {
		return { failure };
	} finally {
		bytes.fill(0);
	}
}
