import { EventEmitter, once } from "node:events";
import {
	type ClientRequest,
	createServer,
	type IncomingMessage,
	request,
	type Server,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** What can go wrong on the way. */
export type Fault =
	/** The request never arrives. */
	| "lose_request"
	/** The request arrives, its answer is lost. */
	| "lose_answer"
	/** The request arrives twice; the first answer goes back. */
	| "double"
	/** The answer is not what it should be. */
	| "garbage"
	/** The answer claims to be JSON and is cut short. */
	| "cut";

/** A request that waits: before it is sent on, or with its answer. */
export class Held {
	private readonly events = new EventEmitter();
	private let_go: ((fate: "go" | "drop") => void) | undefined;
	private isReached = false;

	/** Until the request stands here. */
	async reached(timeout = 20_000): Promise<void> {
		if (!this.isReached) await once(this.events, "reached", { signal: AbortSignal.timeout(timeout) });
	}

	/** Lets it go on. */
	release(): void {
		this.let_go?.("go");
	}

	/** Cuts the connection here. */
	drop(): void {
		this.let_go?.("drop");
	}

	/** For the network: the request is here. */
	wait(): Promise<"go" | "drop"> {
		const fate = new Promise<"go" | "drop">((done) => {
			this.let_go = done;
		});
		this.isReached = true;
		this.events.emit("reached");
		return fate;
	}
}

interface Rule {
	readonly match: RegExp;
	readonly fault?: Fault;
	readonly at?: "request" | "answer";
	readonly held?: Held;
	left: number;
}

interface Answer {
	readonly status: number;
	readonly headers: IncomingMessage["headers"];
	readonly body: Buffer;
}

/** Stands between the extension and the service: the network, at the test's will. */
export class Network {
	/** `DEVICE METHOD /path` of every request that came, in order. */
	readonly seen: string[] = [];
	private readonly server: Server;
	private readonly rules: Rule[] = [];
	private target = "";
	private isDown = false;

	private constructor(private readonly address: string) {
		this.server = createServer((incoming, outgoing) => {
			void this.pass(incoming, outgoing).catch(() => outgoing.destroy());
		});
	}

	/** `address` is what the service sees as the sender's; limits count by it. */
	static async open(address: string): Promise<Network> {
		const network = new Network(address);
		network.server.listen(0, "127.0.0.1");
		await once(network.server, "listening");
		return network;
	}

	get url(): string {
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}`;
	}

	leadsTo(target: string): void {
		this.target = target;
	}

	/** While it is down every connection is cut. */
	down(isDown: boolean): void {
		this.isDown = isDown;
	}

	/** Strikes the next request, or the next `times`, whose `DEVICE METHOD /path` matches. */
	strike(match: RegExp, fault: Fault, times = 1): void {
		this.rules.push({ match, fault, left: times });
	}

	/** Holds the next request that matches: before the service gets it, or when its answer is there. */
	hold(match: RegExp, at: "request" | "answer"): Held {
		const held = new Held();
		this.rules.push({ match, at, held, left: 1 });
		return held;
	}

	/** No more faults. */
	heal(): void {
		this.isDown = false;
		for (const rule of this.rules.splice(0)) rule.held?.release();
	}

	/** How many requests matched so far. */
	count(match: RegExp): number {
		return this.seen.filter((line) => match.test(line)).length;
	}

	async close(): Promise<void> {
		this.heal();
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}

	private async pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const line = `${deviceOf(incoming)} ${incoming.method} ${incoming.url}`;
		if (incoming.method !== "OPTIONS") this.seen.push(line);
		const body = await read(incoming);
		const rule = this.rule(line, incoming.method);
		if (this.isDown || rule?.fault === "lose_request") return cut(incoming);
		if (rule?.at === "request" && (await rule.held?.wait()) === "drop") return cut(incoming);
		const answer = await this.forward(incoming, body);
		if (rule?.fault === "double") await this.forward(incoming, body);
		if (rule?.fault === "lose_answer") return cut(incoming);
		if (rule?.at === "answer" && (await rule.held?.wait()) === "drop") return cut(incoming);
		reply(outgoing, rule?.fault ? spoilt(answer, rule.fault) : answer);
	}

	private rule(line: string, method: string | undefined): Rule | undefined {
		const rule =
			method === "OPTIONS" ? undefined : this.rules.find(({ match, left }) => left > 0 && match.test(line));
		if (rule) rule.left -= 1;
		return rule;
	}

	private forward(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
		const { method, url, headers } = incoming;
		return new Promise((done, failed) => {
			const outgoing: ClientRequest = request(
				new URL(url ?? "/", this.target),
				{ method, headers: { ...headers, "x-forwarded-for": this.address } },
				(answer) => {
					read(answer).then(
						(content) => done({ status: answer.statusCode ?? 502, headers: answer.headers, body: content }),
						failed,
					);
				},
			);
			outgoing.on("error", failed);
			outgoing.end(body);
		});
	}
}

/** Browsers of the rig say which device they are. */
function deviceOf({ headers }: IncomingMessage): string {
	return /Sigill-Device\/(\w+)/.exec(headers["user-agent"] ?? "")?.[1] ?? "-";
}

function spoilt(answer: Answer, fault: Fault): Answer {
	const { "content-length": _, ...headers } = answer.headers;
	switch (fault) {
		case "garbage":
			return {
				status: 200,
				headers: { ...headers, "content-type": "text/html" },
				body: Buffer.from("<h1>It works!"),
			};
		case "cut":
			return { ...answer, headers, body: answer.body.subarray(0, answer.body.length / 2) };
		case "double":
		case "lose_answer":
		case "lose_request":
			return answer;
	}
}

function reply(outgoing: ServerResponse, { status, headers, body }: Answer): void {
	const { "transfer-encoding": _, ...rest } = headers;
	outgoing.writeHead(status, rest);
	outgoing.end(body);
}

function cut(incoming: IncomingMessage): void {
	incoming.socket.destroy();
}

async function read(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
