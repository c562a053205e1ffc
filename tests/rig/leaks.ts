import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the service does with whoever asks. */
type Manner = "answers" | "holds" | "says nonsense" | "talks on" | "refuses" | "sends away";

/** A service that knows which passwords leaked, in the format of Have I Been Pwned. */
export class Leaks {
	/** What was asked for, as it came. */
	readonly asked: { readonly path: string; readonly headers: IncomingMessage["headers"] }[] = [];
	/** How many waited for an answer at once, at most. */
	most = 0;
	manner: Manner = "answers";
	private readonly held: (() => void)[] = [];
	private waiting = 0;
	private readonly leaked: readonly string[];
	private readonly server = createServer((request, response) => void this.answer(request, response));

	private constructor(passwords: readonly string[]) {
		this.leaked = passwords.map(fingerprint);
	}

	static async open(...passwords: string[]): Promise<Leaks> {
		const leaks = new Leaks(passwords);
		leaks.server.listen(0, "127.0.0.1");
		await once(leaks.server, "listening");
		return leaks;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Whoever was held gets an answer, and so does whoever comes next. */
	release(): void {
		this.manner = "answers";
		for (const go of this.held.splice(0)) go();
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		this.server.close();
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = request.url ?? "";
		this.asked.push({ path, headers: request.headers });
		this.waiting += 1;
		this.most = Math.max(this.most, this.waiting);
		if (this.manner === "holds") await new Promise<void>((go) => this.held.push(go));
		this.waiting -= 1;
		switch (this.manner) {
			case "says nonsense":
				response.end("<html>Sign in to this network</html>");
				return;
			case "talks on":
				response.end(`${"0".repeat(35)}:1\r\n`.repeat(20_000));
				return;
			case "sends away":
				response.writeHead(302, { location: `${this.url}/elsewhere${path}` }).end();
				return;
			default:
				response.writeHead(this.manner === "refuses" ? 503 : 200).end(this.range(path.slice(-5)));
		}
	}

	private range(prefix: string): string {
		const rest = this.leaked.filter((one) => one.startsWith(prefix)).map((one) => one.slice(5));
		const lines = [`${"0".repeat(35)}:3`, "no line at all", ...rest.map((one) => `${one}:1234`)];
		return [...lines, `${"F".repeat(35)}:0`].join("\r\n");
	}
}

/** SHA-1, as those lists have it. */
export function fingerprint(password: string): string {
	return createHash("sha1").update(password).digest("hex").toUpperCase();
}
