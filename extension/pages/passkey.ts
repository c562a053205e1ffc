/**
 * WebAuthn with its PRF: an authenticator works out the same 32 bytes again
 * whenever the person touches it and is verified. Those bytes open a slot whose
 * name was the salt. The challenge proves nothing here, for nobody checks it: the
 * bytes are the proof. The relying party is the extension itself.
 */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { NewPasskey, PasskeySlot } from "../wasm/sigill.js";
import { base64url, fromBase64url } from "./base64.ts";
import { Told } from "./told.ts";

/** A ceremony that came to nothing, and why. */
export class PasskeyTrouble extends Told {}

/** A passkey of this device: its credential is known here. */
export type OwnPasskey = PasskeySlot & { readonly credential: string; readonly name: string };

export function isOwn(slot: PasskeySlot): slot is OwnPasskey {
	return slot.credential !== undefined && slot.name !== undefined;
}

/** What an authenticator gave for a slot. */
export type Touched = Pick<NewPasskey, "slot" | "root" | "credential">;

type Prf = AuthenticationExtensionsPRFInputs;

/** Asks for a passkey's touch; leaving the page takes the question back. */
export class Touch implements ReactiveController {
	private stop: AbortController | undefined;

	constructor(private readonly host: ReactiveControllerHost) {
		host.addController(this);
	}

	hostDisconnected(): void {
		this.cancel();
	}

	/** Whether the browser's dialogue stands open. */
	get waits(): boolean {
		return this.stop !== undefined;
	}

	readonly cancel = (): void => this.stop?.abort();

	/** A new passkey for the vault `user`, on none of the authenticators that hold one of `known`. */
	async make(user: string, known: readonly OwnPasskey[]): Promise<Touched> {
		const slot = newSlot();
		const made = await this.ask((signal) =>
			navigator.credentials.create({
				signal,
				publicKey: {
					rp: { name: "Sigill" },
					user: { id: bytesOf(slot), name: user, displayName: user },
					challenge: challenge(),
					pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
					authenticatorSelection: { userVerification: "required", residentKey: "preferred" },
					excludeCredentials: known.map(descriptor),
					extensions: { prf: { eval: { first: bytesOf(slot) } } },
				},
			}),
		);
		if (made.getClientExtensionResults().prf?.enabled !== true) throw new PasskeyTrouble("passkey_no_prf");
		const credential = base64url(new Uint8Array(made.rawId));
		const root = rootOf(made);
		return root === undefined ? this.renew({ credential }, slot) : { slot, root, credential };
	}

	/** What a passkey gives for a slot that is yet to be: for the vault's next keys. */
	renew(passkey: Pick<OwnPasskey, "credential">, slot = newSlot()): Promise<Touched> {
		return this.open([{ slot, credential: passkey.credential }]);
	}

	/** Whichever of these passkeys the person has at hand. */
	async open(passkeys: readonly Pick<OwnPasskey, "slot" | "credential">[]): Promise<Touched> {
		const salts: Prf = {
			evalByCredential: Object.fromEntries(
				passkeys.map(({ slot, credential }) => [credential, { first: bytesOf(slot) }]),
			),
		};
		const got = await this.ask((signal) =>
			navigator.credentials.get({
				signal,
				publicKey: {
					challenge: challenge(),
					userVerification: "required",
					allowCredentials: passkeys.map(descriptor),
					extensions: { prf: salts },
				},
			}),
		);
		const credential = base64url(new Uint8Array(got.rawId));
		const passkey = passkeys.find((one) => one.credential === credential);
		if (!passkey) throw new PasskeyTrouble("passkey_other");
		const root = rootOf(got);
		if (root === undefined) throw new PasskeyTrouble("passkey_no_prf");
		return { slot: passkey.slot, root, credential };
	}

	private async ask(
		begin: (signal: AbortSignal) => Promise<Credential | null>,
	): Promise<PublicKeyCredential> {
		const stop = new AbortController();
		this.stop = stop;
		this.host.requestUpdate();
		try {
			if (!("PublicKeyCredential" in globalThis)) throw new PasskeyTrouble("passkey_no_browser");
			const credential = await begin(stop.signal);
			if (!(credential instanceof PublicKeyCredential)) throw new PasskeyTrouble("passkey_other");
			return credential;
		} catch (thrown) {
			throw troubleOf(thrown);
		} finally {
			this.stop = undefined;
			this.host.requestUpdate();
		}
	}
}

/** The browser's words for what came in between; that the person took it back stays as it is. */
function troubleOf(thrown: unknown): unknown {
	if (!(thrown instanceof DOMException) || thrown.name === "AbortError") return thrown;
	switch (thrown.name) {
		case "NotAllowedError":
			return new PasskeyTrouble("passkey_cancelled");
		case "InvalidStateError":
			return new PasskeyTrouble("passkey_known");
		default:
			return new PasskeyTrouble("passkey_no_browser");
	}
}

function rootOf(credential: PublicKeyCredential): string | undefined {
	const first = credential.getClientExtensionResults().prf?.results?.first;
	if (first === undefined) return undefined;
	const bytes = first instanceof ArrayBuffer ? new Uint8Array(first) : new Uint8Array(first.buffer);
	const root = base64url(bytes);
	bytes.fill(0);
	return root;
}

function descriptor({ credential }: { readonly credential: string }): PublicKeyCredentialDescriptor {
	return { type: "public-key", id: fromBase64url(credential) };
}

/** 16 random bytes, hexadecimal: a slot's name, and the salt of its PRF. */
function newSlot(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOf(slot: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(slot.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function challenge(): Uint8Array<ArrayBuffer> {
	return crypto.getRandomValues(new Uint8Array(32));
}
