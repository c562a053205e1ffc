import { EventEmitter, once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
}

/** A real mail server: it speaks SMTP and keeps what it is handed. */
export class Mailbox {
	readonly mails: Mail[] = [];
	private readonly arrivals = new EventEmitter();
	private readonly server: SMTPServer;
	private taken = 0;
	/** What the next deliveries are answered with, before any is accepted. */
	readonly refusals: { code: number; text: string }[] = [];

	private constructor() {
		this.server = new SMTPServer({
			authOptional: true,
			disabledCommands: ["STARTTLS", "AUTH"],
			disableReverseLookup: true,
			onData: (stream, _session, done) => {
				simpleParser(stream, {}, (error, parsed) => {
					const refusal = this.refusals.shift();
					if (refusal) done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
					else if (error) done(error);
					else {
						this.keep(parsed);
						done();
					}
				});
			},
		});
	}

	static async open(): Promise<Mailbox> {
		const mailbox = new Mailbox();
		mailbox.server.listen(0, "127.0.0.1");
		await once(mailbox.server.server, "listening");
		return mailbox;
	}

	get url(): string {
		const { port } = this.server.server.address() as AddressInfo;
		return `smtp://127.0.0.1:${port}`;
	}

	close(): Promise<void> {
		return new Promise((done) => this.server.close(() => done()));
	}

	private keep(parsed: ParsedMail): void {
		const to = Array.isArray(parsed.to) ? parsed.to[0] : parsed.to;
		this.mails.push({
			to: to?.text ?? "",
			subject: parsed.subject ?? "",
			text: parsed.text ?? "",
			html: parsed.html || "",
		});
		this.arrivals.emit("mail");
	}

	/** The next mail that no one has read yet. */
	async next(timeout = 15_000): Promise<Mail> {
		const signal = AbortSignal.timeout(timeout);
		while (this.mails.length <= this.taken) {
			await once(this.arrivals, "mail", { signal }).catch(() => {
				throw new Error(`no mail within ${timeout / 1000} s`);
			});
		}
		const mail = this.mails[this.taken];
		if (!mail) throw new Error("a mail that was there is gone");
		this.taken += 1;
		return mail;
	}

	/** How many mails no one has read yet. */
	get unread(): number {
		return this.mails.length - this.taken;
	}
}

/** The code of eight digits that a mail or a text message carries. */
export function codeIn({ text }: Pick<Mail, "text">): string {
	const code = /(?<!\d)\d{4}[  ]?\d{4}(?!\d)/.exec(text)?.[0];
	if (!code) throw new Error("the mail carries no code");
	return code;
}

/** Another code than the mail's; a different one for each `nth` from 1 to 9. */
export function wrongCode(mail: Pick<Mail, "text">, nth = 1): string {
	const digits = codeIn(mail).replace(/\D/g, "");
	return `${(Number(digits[0]) + nth) % 10}${digits.slice(1)}`;
}
