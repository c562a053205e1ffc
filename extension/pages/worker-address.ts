/** The one policy of ours: it names workers that this extension ships. */
const policy = (globalThis as { trustedTypes?: Policies }).trustedTypes?.createPolicy("sigill", {
	createScriptURL: (name) => chrome.runtime.getURL(`extension/dist/${name}`),
});

interface Policies {
	createPolicy(
		name: string,
		rules: { createScriptURL: (name: string) => string },
	): { createScriptURL(name: string): unknown };
}

export type WorkerName =
	| "backup.worker.js"
	| "derive.worker.js"
	| "export.worker.js"
	| "strength.worker.js"
	| "transfer.worker.js";

/** A worker that this extension ships. */
export function spawn(name: WorkerName): Worker {
	const address = policy?.createScriptURL(name) ?? chrome.runtime.getURL(`extension/dist/${name}`);
	return new Worker(address as string, { type: "module" });
}
