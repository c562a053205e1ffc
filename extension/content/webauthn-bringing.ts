/** How what stands before `navigator.credentials` comes by what answers: the scout is told, and has it brought. */
import type { Act } from "./webauthn-words.ts";

export type Options = CredentialCreationOptions & CredentialRequestOptions;

/** A call, and the browser's own way to answer it. */
export interface Call {
	readonly args: [Options?];
	readonly native: (args: [Options?]) => Promise<Credential | null>;
}

/** What answers in Sigill's name. */
export interface Answering {
	readonly answer: (act: Act, call: Call) => Promise<Credential | null>;
	/** Whether Sigill has passkeys here. */
	readonly isOn: () => Promise<boolean>;
}

/** From the page's world: something is asked. */
export const ASKED = "sigill-webauthn-asked";
/** To the page's world: who answers; nobody, where Sigill is off. */
export const ANSWERS = "sigill-webauthn-answers";

/** Whoever was told has so long to answer; then the browser does. */
const LONGEST_MS = 3000;

let brought: Promise<Answering | undefined> | undefined;

/** In the page's world: what answers, brought by the first call. Who got nobody asks anew the next time. */
export function bring(): Promise<Answering | undefined> {
	brought ??= ask().then((answering) => {
		if (!answering) brought = undefined;
		return answering;
	});
	return brought;
}

function ask(): Promise<Answering | undefined> {
	return new Promise((resolve) => {
		const heard = (event: Event) => resolve((event as CustomEvent<Answering | null>).detail ?? undefined);
		addEventListener(ANSWERS, heard, { capture: true, once: true });
		setTimeout(resolve, LONGEST_MS);
		const isUnheard = dispatchEvent(new Event(ASKED, { cancelable: true }));
		if (isUnheard) resolve(undefined);
	});
}

/** Says who answers. */
export function answerBy(answering: Answering | null): void {
	dispatchEvent(new CustomEvent(ANSWERS, { detail: answering }));
}
