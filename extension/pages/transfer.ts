import type { Handed } from "../wasm/transfer/sigill_transfer.js";
import type { Reading } from "./transfer.worker.ts";
import { spawn } from "./worker-address.ts";

/** What Chrome's password export holds. */
export async function readChromeCsv(file: Blob): Promise<Handed> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	const worker = spawn("transfer.worker.js");
	try {
		const reading = await new Promise<Reading>((resolve, reject) => {
			worker.addEventListener("message", ({ data }: MessageEvent<Reading>) => resolve(data));
			worker.addEventListener("error", reject);
			worker.postMessage(bytes, [bytes.buffer]);
		});
		if ("failure" in reading) throw reading.failure;
		return reading.handed;
	} finally {
		worker.terminate();
	}
}
