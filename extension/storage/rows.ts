/** Ordered rows of bytes; every write is one transaction, on the disk when it resolves. */
import { database } from "./database.ts";

export async function get(key: string): Promise<Uint8Array | undefined> {
	return (await database()).get("rows", key);
}

export async function getAll(keys: string[]): Promise<(Uint8Array | undefined)[]> {
	const rows = (await database()).transaction("rows").store;
	return Promise.all(keys.map((key) => rows.get(key)));
}

export async function scan(prefix: string): Promise<[string, Uint8Array][]> {
	const rows = (await database()).transaction("rows").store;
	const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
	const [keys, values] = await Promise.all([rows.getAllKeys(range), rows.getAll(range)]);
	return keys.flatMap((key, at) => {
		const value = values[at];
		return value === undefined ? [] : [[key, value]];
	});
}

export async function keys(prefix: string): Promise<string[]> {
	const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
	return (await database()).getAllKeys("rows", range);
}

export async function commit(puts: [string, Uint8Array][], deletes: string[]): Promise<void> {
	const writing = (await database()).transaction("rows", "readwrite", { durability: "strict" });
	const requests: Promise<unknown>[] = [
		...deletes.map((key) => writing.store.delete(key)),
		...puts.map(([key, value]) => writing.store.put(value, key)),
	];
	await Promise.all([...requests, writing.done]);
}
