import { EventEmitter, once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface TextMessage {
	readonly to: string;
	readonly text: string;
}

/** A gateway for text messages: takes what the service posts, as JSON, and keeps it. */
export class Gateway {
	readonly taken: TextMessage[] = [];
	private readonly arrivals = new EventEmitter();
	private readonly server: Server;
	private read = 0;
	/** It answers that it can't, and takes nothing. */
	broken = false;

	private constructor() {
		this.server = createServer(async (incoming, outgoing) => {
			const chunks: Buffer[] = [];
			for await (const chunk of incoming) chunks.push(chunk as Buffer);
			if (this.broken) {
				outgoing.writeHead(500).end();
				return;
			}
			this.taken.push(JSON.parse(Buffer.concat(chunks).toString()));
			outgoing.writeHead(201).end();
			this.arrivals.emit("text");
		});
	}

	static async open(): Promise<Gateway> {
		const gateway = new Gateway();
		gateway.server.listen(0, "127.0.0.1");
		await once(gateway.server, "listening");
		return gateway;
	}

	get url(): string {
		const { port } = this.server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((done) => this.server.close(done));
	}

	/** The next text that no one has read yet. */
	async next(timeout = 20_000): Promise<TextMessage> {
		const signal = AbortSignal.timeout(timeout);
		while (this.unread === 0) await once(this.arrivals, "text", { signal });
		const text = this.taken[this.read];
		if (!text) throw new Error("a text that was there is gone");
		this.read += 1;
		return text;
	}

	/** How many texts no one has read yet. */
	get unread(): number {
		return this.taken.length - this.read;
	}
}
