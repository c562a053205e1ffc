export const load = ({ iterations }) => iterations;

export async function run(iterations) {
	const typed = new TextEncoder().encode("correct horse battery staple");
	const key = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveBits"]);
	const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
	const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
	return (await crypto.subtle.deriveBits(algorithm, key, 256)).byteLength;
}
