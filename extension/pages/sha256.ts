/** SHA-256 of what is small enough to be held at once, hexadecimal. */
export async function sha256(content: Blob | Uint8Array<ArrayBuffer>): Promise<string> {
	const bytes = content instanceof Blob ? await content.arrayBuffer() : content;
	const digest = await crypto.subtle.digest("SHA-256", bytes);
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
