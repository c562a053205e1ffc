/** The device's store: one IndexedDB database, ordered byte rows and the device's key. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

interface Schema extends DBSchema {
	/** Rows of the session, by key. */
	rows: { key: string; value: Uint8Array };
	/** The device's key: its private half can't be exported, only used. */
	keys: { key: string; value: CryptoKeyPair };
}

export type Database = IDBPDatabase<Schema>;

let opened: Promise<Database> | undefined;

/** The database, opened once per page or worker, and again after the browser closed it. */
export function database(): Promise<Database> {
	opened ??= open().catch((reason: unknown) => {
		opened = undefined;
		throw reason;
	});
	return opened;
}

/** Opens the store; whoever needs it first waits for less. What fails is told where it is used. */
export async function ready(): Promise<void> {
	await database().catch(() => undefined);
}

/** Every row and the device's key go, in one transaction. */
export async function eraseAll(): Promise<void> {
	const writing = (await database()).transaction(["rows", "keys"], "readwrite", { durability: "strict" });
	await Promise.all([writing.objectStore("rows").clear(), writing.objectStore("keys").clear(), writing.done]);
}

function open(): Promise<Database> {
	return openDB<Schema>("sigill", 1, {
		upgrade(created) {
			created.createObjectStore("rows");
			created.createObjectStore("keys");
		},
		blocking(_current, _blocked, event) {
			// Another version of the extension wants in: never stand in its way.
			if (event.target instanceof IDBDatabase) event.target.close();
			opened = undefined;
		},
		terminated() {
			opened = undefined;
		},
	});
}
