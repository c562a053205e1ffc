/** A credential as the browser would have made it, from its JSON form. */
import type { Act } from "./webauthn-words.ts";

type Members = Readonly<Record<string, unknown>>;

interface Shown {
	readonly id: string;
	readonly authenticatorAttachment: string;
	readonly response: Readonly<Record<string, string>> & {
		readonly transports?: readonly string[];
		readonly publicKeyAlgorithm?: number;
	};
	readonly clientExtensionResults: object;
}

export function credentialOf(act: Act, text: string): Credential {
	const shown: Shown = JSON.parse(text);
	const { response } = shown;
	return like(PublicKeyCredential.prototype, {
		id: shown.id,
		type: "public-key",
		rawId: buffer(shown.id),
		authenticatorAttachment: shown.authenticatorAttachment,
		response: act === "create" ? attestation(response) : assertion(response),
		getClientExtensionResults: () => ({ ...shown.clientExtensionResults }),
		toJSON: () => JSON.parse(text),
	});
}

function attestation(shown: Shown["response"]): AuthenticatorResponse {
	const { transports = [], publicKeyAlgorithm } = shown;
	return like(AuthenticatorAttestationResponse.prototype, {
		clientDataJSON: buffer(shown["clientDataJSON"]),
		attestationObject: buffer(shown["attestationObject"]),
		getAuthenticatorData: () => buffer(shown["authenticatorData"]),
		getPublicKey: () => buffer(shown["publicKey"]),
		getPublicKeyAlgorithm: () => publicKeyAlgorithm,
		getTransports: () => [...transports],
	});
}

function assertion(shown: Shown["response"]): AuthenticatorResponse {
	return like(AuthenticatorAssertionResponse.prototype, {
		clientDataJSON: buffer(shown["clientDataJSON"]),
		authenticatorData: buffer(shown["authenticatorData"]),
		signature: buffer(shown["signature"]),
		userHandle: shown["userHandle"] === undefined ? null : buffer(shown["userHandle"]),
	});
}

/** An instance of the browser's class: its own members stand before getters that only the browser's instances have. */
function like<T extends object>(prototype: T, members: Members): T {
	const properties = Object.entries(members).map(([name, value]) => [name, { value, enumerable: true }]);
	return Object.create(prototype, Object.fromEntries(properties));
}

function buffer(text: string | undefined): ArrayBuffer {
	const letters = atob((text ?? "").replaceAll("-", "+").replaceAll("_", "/"));
	return Uint8Array.from(letters, (letter) => letter.charCodeAt(0)).buffer;
}
