import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that asks for a name and a password itself (HTTP Basic, RFC 7617). */
export class Guarded {
	/** What browsers sent it, in turn. */
	readonly heard: string[] = [];
	/** How often it asked. */
	asked = 0;
	private readonly server: Server;

	private constructor(words: string) {
		this.server = createServer(({ headers, url }, answer) => {
			if (url !== "/") return answer.writeHead(404).end();
			const [, sent = ""] = (headers.authorization ?? "").split(" ");
			const heard = Buffer.from(sent, "base64").toString();
			if (heard !== "") this.heard.push(heard);
			if (heard === words) return answer.setHeader("content-type", "text/html").end("<h1>Inside</h1>");
			this.asked += 1;
			return answer
				.writeHead(401, { "www-authenticate": 'Basic realm="The archive", charset="UTF-8"' })
				.end();
		});
	}

	/** It lets in whoever says `name:password`. */
	static async start(words: string): Promise<Guarded> {
		const guarded = new Guarded(words);
		await new Promise<void>((done) => guarded.server.listen(0, "127.0.0.1", done));
		return guarded;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}
}
