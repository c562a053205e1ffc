/**
 * The one session of this device, over one of two modules: the light one has what every start needs; the full one
 * takes its place at the first call that it lacks (docs/adr/0054).
 */
import { port, ready } from "../storage/index.ts";
import initLight, { Session as Light } from "../wasm/light/sigill_light.js";
import initFull, { Session as Full, type Port } from "../wasm/sigill.js";
import { forgetIfClosed } from "./temporary.ts";

/** The session's methods, as `crate/src/border` declares them. */
export type Calls = Omit<Full, "free" | typeof Symbol.dispose>;

type Answer<M extends keyof Calls> = Awaited<ReturnType<Calls[M]>>;

const LIGHT = {
	load: () => initLight(program("light/sigill_light_bg.wasm")),
	begin: (over: Port) => new Light(over),
};
const FULL = {
	load: () => initFull(program("sigill_bg.wasm")),
	begin: (over: Port) => new Full(over),
};

/** They wait for the service. Where it hangs, one would begin while another lasts, and the light one never be at nothing. */
const LONG: readonly (keyof Calls)[] = ["tick", "syncNow"];

let current: Light | Full | undefined;
let isGoingOver = false;
/** Calls of the light one that wait for their answer. */
const underWay = new Set<Promise<unknown>>();

/** Calls the session; it begins at the first call after the worker did. */
export async function call<M extends keyof Calls>(
	method: M,
	...args: Parameters<Calls[M]>
): Promise<Answer<M>> {
	await start(method in Light.prototype ? LIGHT : FULL);
	if (current === undefined || !(method in current) || (isGoingOver && LONG.includes(method))) await goOver();
	// From here to the call nothing is waited for: no other session begins in between.
	const session = current as Calls;
	const answer = (session[method] as (...args: Parameters<Calls[M]>) => Promise<Answer<M>>)(...args);
	if (current instanceof Light) follow(method, answer);
	return answer;
}

/** Whether the vault is open. */
export async function isOpen(): Promise<boolean> {
	return (await call("status")).vault.state === "open";
}

/** What only waits for the service may outlive its session: it writes nothing of the vault. */
function follow(method: keyof Calls, answer: Promise<unknown>): void {
	if (method === "moved") return;
	underWay.add(answer);
	const done = () => underWay.delete(answer);
	answer.then(done, done);
}

function program(path: string): { module_or_path: Promise<Response> } {
	performance.mark(path); // which ones are loaded is seen from outside
	return { module_or_path: fetch(chrome.runtime.getURL(`extension/wasm/${path}`)) };
}

/** Once, whoever calls at the same time; what failed is tried again at the next call. */
function once<Args extends unknown[]>(
	work: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
	let begun: Promise<void> | undefined;
	return (...args) => {
		begun ??= work(...args).catch((reason: unknown) => {
			begun = undefined;
			throw reason;
		});
		return begun;
	};
}

const start = once(async ({ load, begin }: typeof LIGHT | typeof FULL) => {
	const stored = ready(); // opens while the program is compiled
	await load();
	await stored;
	await forgetIfClosed(begin);
	current = begin(port);
});

/** Two sessions over one store would each believe what it remembers of it: the light one has to be at nothing. */
const goOver = once(async () => {
	await FULL.load();
	isGoingOver = true;
	while (underWay.size > 0) await Promise.allSettled(underWay);
	const next = FULL.begin(port);
	current?.free();
	current = next;
});
