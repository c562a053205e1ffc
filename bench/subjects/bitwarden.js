/** Bitwarden's SDK, as its own web client loads it. */
import * as sdk from "../node_modules/@bitwarden/sdk-internal/bitwarden_wasm_internal_bg.js";

const WASM = "../node_modules/@bitwarden/sdk-internal/bitwarden_wasm_internal_bg.wasm";
const EMAIL = "anna@person.example";
const USER = "00000000-0000-4000-8000-000000000001";

export async function start() {
	const imports = { "./bitwarden_wasm_internal_bg.js": sdk };
	const source = fetch(new URL(WASM, import.meta.url));
	const { instance } = await WebAssembly.instantiateStreaming(source, imports);
	sdk.__wbg_set_wasm(instance.exports);
	instance.exports.__wbindgen_start?.();
	sdk.init_sdk(sdk.LogLevel.Error, sdk.LogLevel.Error, 0);
	return sdk;
}

/** A client whose user key is there. */
export async function client({ userKey, privateKey }) {
	const tokens = { get_access_token: async () => undefined };
	const made = new sdk.PasswordManagerClient(tokens, undefined, new sdk.ManagedSettingsClient());
	await made.crypto().initialize_user_crypto({
		userId: USER,
		kdfParams: { argon2id: { iterations: 3, memory: 64, parallelism: 4 } },
		email: EMAIL,
		accountCryptographicState: { V1: { private_key: privateKey } },
		method: { decryptedKey: { decrypted_user_key: userKey } },
	});
	return made;
}
