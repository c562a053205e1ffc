/**
 * Stands before `navigator.credentials` in the page's own world, until something is asked of it: then the rest is
 * brought. Most pages never ask, and pay for these lines only. The page can read and change all of it, so nothing here
 * is secret and nothing is decided. Whatever Sigill does not answer goes to the browser as it came.
 */
import { bring, type Options } from "./webauthn-bringing.ts";

type Native = (options?: Options) => Promise<Credential | null>;

function stand(): void {
	const { prototype } = CredentialsContainer;
	for (const act of ["create", "get"] as const) {
		const native = prototype[act] as Native;
		const stands = {
			async [act](this: CredentialsContainer, ...args: [Options?]): Promise<Credential | null> {
				const onward = (options: [Options?]) => Reflect.apply(native, this, options);
				return (await bring())?.answer(act, { args, native: onward }) ?? onward(args);
			},
		};
		put(prototype, act, stands[act]);
	}
	for (const name of ["isConditionalMediationAvailable", "isUserVerifyingPlatformAuthenticatorAvailable"]) {
		const native = Reflect.get(PublicKeyCredential, name);
		if (typeof native !== "function") continue;
		const stands = {
			[name]: async () => (await (await bring())?.isOn()) || Reflect.apply(native, PublicKeyCredential, []),
		};
		put(PublicKeyCredential, name, stands[name]);
	}
}

function put(holder: object, name: string, value: unknown): void {
	Object.defineProperty(holder, name, { value, configurable: true, enumerable: true, writable: true });
}

if ("PublicKeyCredential" in globalThis && "CredentialsContainer" in globalThis) stand();
