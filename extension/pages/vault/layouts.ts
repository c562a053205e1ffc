import { call } from "../../background/client.ts";
import type { Kind, Layout } from "../../wasm/sigill.js";

let known: Promise<Layout[]> | undefined;

/** The fields of every kind; asked for once a page. */
export function layouts(): Promise<Layout[]> {
	known ??= call("layouts").catch((failure: unknown) => {
		known = undefined;
		throw failure;
	});
	return known;
}

/** The fields of one kind. */
export async function layoutOf(kind: Kind): Promise<Layout> {
	const layout = (await layouts()).find((one) => one.kind === kind);
	if (!layout) throw new Error(`no layout of ${kind}`);
	return layout;
}
