/**
 * Answers `navigator.credentials` in the page's own world, once something was asked of it. The page can read and change
 * all of it, so nothing here is secret and nothing is decided: what a page may ask for is looked at behind the port.
 */
import { answerBy, type Call } from "./webauthn-bringing.ts";
import { credentialOf } from "./webauthn-credential.ts";
import { type Heard, type Outcome, type Said, takeOver } from "./webauthn-port.ts";
import { type Act, mediationOf, wordsOf } from "./webauthn-words.ts";

const ELSEWHERE: Outcome = { outcome: "elsewhere" };

async function answer(line: Line, act: Act, { args, native }: Call): Promise<Credential | null> {
	const [options] = args;
	const words = options && wordsOf(act, options);
	const signal = options?.signal ?? undefined;
	if (!options || !words || signal?.aborted) return native(args);
	const asked = line.ask(words, signal);
	if (act === "get" && mediationOf(options) === "conditional") {
		return beside(asked, act, (stop) => native([{ ...options, signal: stop }]), signal);
	}
	const outcome = await asked.outcome;
	return outcome.outcome === "elsewhere" ? native(args) : credential(act, outcome);
}

/** The browser's own passkeys are offered beside ours; the one that is chosen ends the other. */
function beside(
	asked: Asked,
	act: Act,
	native: (stop: AbortSignal) => Promise<Credential | null>,
	signal: AbortSignal | undefined,
): Promise<Credential | null> {
	const stop = new AbortController();
	signal?.addEventListener("abort", () => stop.abort(signal.reason));
	const theirs = native(stop.signal);
	const ours = asked.outcome.then((outcome) => {
		if (outcome.outcome === "elsewhere") return theirs;
		stop.abort();
		return credential(act, outcome);
	});
	return new Promise((resolve, reject) => {
		ours.then(resolve, reject);
		theirs.then(
			(chosen) => {
				asked.stop();
				resolve(chosen);
			},
			() => {}, // not offered there, or ended by ours: the other one answers
		);
	});
}

function credential(act: Act, outcome: Exclude<Outcome, { outcome: "elsewhere" }>): Credential {
	if (outcome.outcome === "credential") return credentialOf(act, outcome.credential);
	throw new DOMException("The operation was not allowed, or timed out.", outcome.error);
}

interface Asked {
	readonly outcome: Promise<Outcome>;
	readonly stop: () => void;
}

/** Questions and their answers, by number. */
class Line {
	private n = 0;
	private readonly waiting = new Map<number, (heard: Heard) => void>();

	constructor(private readonly port: MessagePort) {
		port.addEventListener("message", ({ data }: MessageEvent<Heard>) => {
			this.waiting.get(data.n)?.(data);
			this.waiting.delete(data.n);
		});
		port.start();
	}

	/** Whether Sigill has passkeys here. */
	isOn(): Promise<boolean> {
		return new Promise((resolve) => {
			this.say({ say: "on", n: this.next((heard) => resolve("on" in heard && heard.on)) });
		});
	}

	ask(words: string, signal: AbortSignal | undefined): Asked {
		let stop = () => {};
		const outcome = new Promise<Outcome>((resolve, reject) => {
			const n = this.next((heard) => resolve("outcome" in heard ? heard : ELSEWHERE));
			stop = () => {
				this.waiting.delete(n);
				this.say({ say: "stop", n });
			};
			signal?.addEventListener("abort", () => {
				stop();
				reject(signal.reason);
			});
			this.say({ say: "ask", n, words });
		});
		return { outcome, stop: () => stop() };
	}

	private next(heard: (heard: Heard) => void): number {
		this.n += 1;
		this.waiting.set(this.n, heard);
		return this.n;
	}

	private say(said: Said): void {
		this.port.postMessage(said);
	}
}

// Last, for the port may be there at once.
takeOver((port) => {
	const line = new Line(port);
	answerBy({ answer: (act, call) => answer(line, act, call), isOn: () => line.isOn() });
});
