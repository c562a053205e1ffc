/** What a page asked `navigator.credentials` for, in the standard's JSON form (WebAuthn Level 3, sections 5.1.8 and 5.1.9). */

export type Act = "create" | "get";

/** A page may hand over anything; what is no such request is the browser's, which says what is wrong with it. */
export function wordsOf(
	act: Act,
	options: CredentialCreationOptions | CredentialRequestOptions,
): string | undefined {
	try {
		const { publicKey } = options;
		if (publicKey === undefined || publicKey === null) return undefined;
		const wanted = "rp" in publicKey ? creation(publicKey) : request(publicKey);
		return JSON.stringify({ act, mediation: mediationOf(options), options: wanted });
	} catch {
		return undefined;
	}
}

export function mediationOf(options: object): string {
	return String((options as CredentialRequestOptions).mediation ?? "optional");
}

function creation(options: PublicKeyCredentialCreationOptions) {
	const { rp, user, authenticatorSelection, extensions } = options;
	return {
		rp: { id: text(rp.id), name: String(rp.name) },
		user: { id: base64url(user.id), name: String(user.name), displayName: String(user.displayName) },
		challenge: base64url(options.challenge),
		pubKeyCredParams: Array.from(options.pubKeyCredParams, ({ type, alg }) => ({
			type: String(type),
			alg: Number(alg),
		})),
		timeout: time(options.timeout),
		excludeCredentials: credentials(options.excludeCredentials),
		authenticatorSelection: {
			authenticatorAttachment: text(authenticatorSelection?.authenticatorAttachment),
			userVerification: text(authenticatorSelection?.userVerification),
		},
		hints: hints(options),
		extensions: { credProps: extensions?.credProps === true },
	};
}

function request(options: PublicKeyCredentialRequestOptions) {
	return {
		rpId: text(options.rpId),
		challenge: base64url(options.challenge),
		timeout: time(options.timeout),
		allowCredentials: credentials(options.allowCredentials),
		userVerification: text(options.userVerification),
		hints: hints(options),
	};
}

function credentials(list: readonly PublicKeyCredentialDescriptor[] | undefined) {
	return Array.from(list ?? [], ({ type, id }) => ({ type: String(type), id: base64url(id) }));
}

function hints(options: object): string[] {
	const list = (options as { readonly hints?: Iterable<unknown> }).hints;
	return Array.from(list ?? [], String);
}

function text(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

function time(value: unknown): number | undefined {
	const milliseconds = Math.floor(Number(value));
	return value === undefined || !(milliseconds >= 0) ? undefined : Math.min(milliseconds, 0xffff_ffff);
}

function base64url(source: BufferSource): string {
	let letters = "";
	for (const byte of bytesOf(source)) letters += String.fromCharCode(byte);
	return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(source: BufferSource): Uint8Array {
	if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
	// One of another frame is no instance of this frame's.
	if (Object.prototype.toString.call(source) !== "[object ArrayBuffer]") throw new TypeError();
	return new Uint8Array(source);
}
