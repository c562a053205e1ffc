import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startService, testService } from "../../tools/service.mjs";
import type { Mailbox } from "./mail.ts";
import type { Network } from "./network.ts";

/** What it is told of its neighbours: a gateway for texts, providers. */
export type Settings = Readonly<
	Partial<Record<"SIGILL_SMS_URL" | "SIGILL_OIDC_PROVIDERS" | "SIGILL_FILES_MIB", string>>
>;

/** The account service as it ships, but for a clock that a test can shift. */
export class Service {
	private running: Awaited<ReturnType<typeof startService>> | undefined;
	private offset = 0;

	private constructor(
		/** Its database, its secrets, its log, and nothing else that it writes. */
		readonly folder: string,
		private readonly binary: string,
		private readonly network: Network,
		private readonly mailbox: Mailbox,
		private readonly settings: Settings,
	) {}

	static async start(network: Network, mailbox: Mailbox, settings: Settings = {}): Promise<Service> {
		const folder = mkdtempSync(join(tmpdir(), "sigill-service-"));
		const service = new Service(folder, await testService(), network, mailbox, settings);
		service.advance(0);
		await service.run();
		return service;
	}

	async run(): Promise<void> {
		const address = `127.0.0.1:${await freePort()}`;
		const log = openSync(join(this.folder, "log"), "a");
		this.running = await startService(this.binary, {
			address,
			log: process.env["SIGILL_TEST_LOG"] ? "inherit" : log,
			env: {
				SIGILL_PUBLIC_URL: this.network.url,
				SIGILL_DATABASE_URL: `sqlite://${join(this.folder, "sigill.db")}?mode=rwc`,
				SIGILL_SECRETS_DIR: join(this.folder, "secrets"),
				SIGILL_SMTP_URL: this.mailbox.url,
				SIGILL_MAIL_FROM: "Sigill <sigill@sigill.example>",
				SIGILL_TRUSTED_PROXIES: "127.0.0.1",
				SIGILL_TEST_CLOCK: join(this.folder, "clock"),
				...this.settings,
			},
		});
		closeSync(log);
		this.network.leadsTo(`http://${address}`);
	}

	/** Where devices reach it. */
	get publicUrl(): string {
		return this.network.url;
	}

	/** Moves the service's clock on. */
	advance(seconds: number): void {
		this.offset += seconds;
		writeFileSync(join(this.folder, "clock"), String(this.offset));
	}

	async kill(): Promise<void> {
		await this.running?.stop("SIGKILL");
	}

	/** Told to stop, it finishes what it is at: what it handed over is settled. */
	async restart(): Promise<void> {
		await this.running?.stop();
		await this.run();
	}

	async stop(): Promise<void> {
		await this.running?.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

function freePort(): Promise<number> {
	return new Promise((done, failed) => {
		const probe = createServer().once("error", failed);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => done(typeof address === "object" && address ? address.port : 0));
		});
	});
}
