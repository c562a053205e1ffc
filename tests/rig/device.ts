import { createHash, webcrypto } from "node:crypto";
import { bytes, hash as named } from "./encode.ts";

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");
const hash = (text: string) => base64url(createHash("sha256").update(text).digest());

/** A device without a browser: a key that signs (RFC 9449), and the requests it makes. */
export class Device {
	private nonce = "";
	access = "";

	private constructor(
		private readonly service: string,
		private readonly keys: CryptoKeyPair,
	) {}

	static async at(service: string): Promise<Device> {
		const algorithm = { name: "ECDSA", namedCurve: "P-256" };
		return new Device(service, await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]));
	}

	/** Its name, made from its key (RFC 7638). */
	async id(): Promise<string> {
		const { crv, kty, x, y } = await webcrypto.subtle.exportKey("jwk", this.keys.publicKey);
		const thumbprint = createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest();
		return named("sigill/device/1", bytes(thumbprint)).slice(0, 32);
	}

	/** Asks; once more where the nonce was not fresh. */
	async post(path: string, body?: unknown): Promise<Record<string, unknown>> {
		const text = body === undefined ? "" : JSON.stringify(body);
		const first = await this.send(path, text);
		return first["error"] === "use_dpop_nonce" ? this.send(path, text) : first;
	}

	private async send(path: string, body: string): Promise<Record<string, unknown>> {
		const headers: Record<string, string> = { dpop: await this.proof(path, body) };
		if (body !== "") headers["content-type"] = "application/json";
		if (this.access !== "") headers["authorization"] = `DPoP ${this.access}`;
		const answer = await fetch(`${this.service}${path}`, { method: "POST", headers, ...(body && { body }) });
		this.nonce = answer.headers.get("dpop-nonce") ?? this.nonce;
		return answer.status === 204 ? {} : answer.json();
	}

	private async proof(path: string, body: string): Promise<string> {
		const { kty, crv, x, y } = await webcrypto.subtle.exportKey("jwk", this.keys.publicKey);
		const header = { typ: "dpop+jwt", alg: "ES256", jwk: { kty, crv, x, y } };
		const claims = {
			htm: "POST",
			htu: `${this.service}${path}`,
			jti: webcrypto.randomUUID(),
			iat: 0,
			nonce: this.nonce,
			bh: hash(body),
			...(this.access !== "" && { ath: hash(this.access) }),
		};
		const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
		const algorithm = { name: "ECDSA", hash: "SHA-256" };
		const signature = await webcrypto.subtle.sign(algorithm, this.keys.privateKey, Buffer.from(signed));
		return `${signed}.${base64url(new Uint8Array(signature))}`;
	}
}
