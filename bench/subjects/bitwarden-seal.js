/** Prepares: logins sealed by Bitwarden's SDK. */
import { client, start } from "./bitwarden.js";

export async function load(input) {
	const sdk = await start();
	const key = sdk.PureCrypto.make_user_key_aes256_cbc_hmac();
	const keys = { userKey: base64(key), privateKey: await privateKey(key) };
	return { sdk, keys, entries: input.entries };
}

export async function run({ sdk, keys, entries }) {
	const ciphers = (await client(keys)).vault().ciphers();
	const sealed = [];
	for (const entry of entries) sealed.push((await ciphers.encrypt(view(sdk, entry))).cipher);
	return { keys, ciphers: sealed };
}

/** An RSA key under the user key: the SDK wants one, nothing here uses it. AES-256-CBC, then HMAC-SHA-256. */
async function privateKey(userKey) {
	const algorithm = {
		name: "RSA-OAEP",
		modulusLength: 2048,
		publicExponent: new Uint8Array([1, 0, 1]),
		hash: "SHA-1",
	};
	const pair = await crypto.subtle.generateKey(algorithm, true, ["encrypt", "decrypt"]);
	const plain = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
	const iv = crypto.getRandomValues(new Uint8Array(16));
	const aes = await crypto.subtle.importKey("raw", userKey.slice(0, 32), "AES-CBC", false, ["encrypt"]);
	const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, aes, plain));
	const hmac = { name: "HMAC", hash: "SHA-256" };
	const mac = await crypto.subtle.importKey("raw", userKey.slice(32), hmac, false, ["sign"]);
	const tag = await crypto.subtle.sign("HMAC", mac, new Uint8Array([...iv, ...sealed]));
	return `2.${base64(iv)}|${base64(sealed)}|${base64(new Uint8Array(tag))}`;
}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

function view(sdk, { name, username, password, url, notes, tag }) {
	const now = "2026-01-01T00:00:00.000Z";
	return {
		collectionIds: [],
		name,
		notes: notes || undefined,
		type: sdk.CipherType.Login,
		login: { username, password, uris: [{ uri: url }] },
		favorite: false,
		reprompt: sdk.CipherRepromptType.None,
		organizationUseTotp: false,
		edit: true,
		viewPassword: true,
		fields: [{ name: "tag", value: tag, type: sdk.FieldType.Text }],
		creationDate: now,
		revisionDate: now,
	};
}
