import type { HealthLogin } from "../../wasm/sigill.js";
import { type Known, known } from "./known.ts";

/** What a page knows of a login. */
interface Fact {
	readonly login: HealthLogin;
	readonly score: number | undefined;
	readonly times: number | undefined;
}

type Message = { readonly ask: string } | { readonly about: string; readonly facts: readonly Fact[] };

/** Pages of ours, and none of anybody else's: the popup hears so of what the full page looked at. Nothing of it is stored. */
const pages = new BroadcastChannel("health");
let asked: { readonly id: string; readonly by: Known; readonly heard: () => void } | undefined;

/** Asks the other pages about an entry; `heard` is called where one of them knows it. */
export function askOthers(id: string, heard: () => void): void {
	asked = { id, by: known(), heard };
	pages.postMessage({ ask: id } satisfies Message);
}

/** The login, and those that had the same password when it was looked at; nothing where it was not. */
export function lookedAt(id: string): readonly HealthLogin[] {
	const { logins, told } = known();
	const one = logins.find((login) => login.id === id);
	return one ? logins.filter(({ password }) => password === one.password) : (told.get(id) ?? []);
}

pages.onmessage = ({ data }: MessageEvent<Message>): void => {
	if ("ask" in data) tell(data.ask);
	else hear(data.about, data.facts);
};

function tell(about: string): void {
	const { scores, leaks } = known();
	const facts = lookedAt(about).map((login) => ({ login, score: scores.of(login), times: leaks.of(login) }));
	if (facts.length > 0) pages.postMessage({ about, facts } satisfies Message);
}

function hear(about: string, facts: readonly Fact[]): void {
	if (about !== asked?.id) return;
	const { by, heard } = asked;
	asked = undefined;
	by.told.set(
		about,
		facts.map(({ login }) => login),
	);
	for (const { login, score, times } of facts) {
		if (score !== undefined) by.scores.learn(login, score);
		if (times !== undefined) by.leaks.learn(login, times);
	}
	if (by === known()) heard();
}
