/** Bytes as base64url, without padding; the bytes are wiped. */
export function base64url(bytes: Uint8Array): string {
	const text = btoa(String.fromCharCode(...bytes));
	bytes.fill(0);
	return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of base64 text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	const letters = atob(text);
	return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/** The bytes of base64url text. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
	return fromBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
}
