import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32, deflateSync } from "node:zlib";
import encodeQR from "qr";
import type { Browser } from "./browser.ts";

/** A picture of a QR code, as a file that a person saved. */
export function picture(text: string): { name: string; mimeType: string; buffer: Buffer } {
	const buffer = Buffer.from(encodeQR(text, "gif", { scale: 4 }));
	return { name: "code.gif", mimeType: "image/gif", buffer };
}

/** The same as a drawing. */
export function drawing(text: string): { name: string; mimeType: string; buffer: Buffer } {
	return { name: "code.svg", mimeType: "image/svg+xml", buffer: Buffer.from(encodeQR(text, "svg")) };
}

/** A PNG whose few bytes unpack to a white square of that side. */
export function square(side: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([1, 0, 0, 0, 0], 8); // one bit of grey a pixel
	const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8)), 0xff));
	const chunk = (type: string, data: Buffer) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(data.length);
		const check = Buffer.alloc(4);
		check.writeUInt32BE(crc32(body));
		return Buffer.concat([length, body, check]);
	};
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	const chunks = [chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
	return Buffer.concat([signature, ...chunks]);
}

/** The codes of RFC 6238 by Node's own HMAC: those of now and of the period before it. */
export function codes(secret: Buffer, { period = 30, digits = 6, hash = "sha1" } = {}): string[] {
	const step = Math.floor(Date.now() / 1000 / period);
	return [step, step - 1].map((counter) => {
		const message = Buffer.alloc(8);
		message.writeBigUInt64BE(BigInt(counter));
		const mac = createHmac(hash, secret).update(message).digest();
		const from = (mac.at(-1) ?? 0) & 15;
		const value = (mac.readUInt32BE(from) & 0x7fffffff) % 10 ** digits;
		return String(value).padStart(digits, "0");
	});
}

/** A site that shows QR codes; what it shows can be changed. */
export class Site {
	private html = "";
	private readonly server = createServer((_asked, reply) => {
		reply.setHeader("content-type", "text/html");
		reply.end(`<!doctype html><title>Site</title><body>${this.html}`);
	});

	static async open(): Promise<Site> {
		const site = new Site();
		await new Promise<void>((done) => site.server.listen(0, "127.0.0.1", done));
		return site;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
	}

	show(...texts: string[]): void {
		const drawn = texts.map((text) => encodeQR(text, "svg", { scale: 1 }));
		this.html = drawn.map((svg) => svg.replace("<svg", '<svg width="280" style="margin:20px"')).join("");
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}
}

/** Presses the extension's button over the tab of that address: the browser lends it the tab. */
export async function pressAction(browser: Browser, url: string): Promise<void> {
	const session = await browser.context.browser()?.newBrowserCDPSession();
	if (!session) throw new Error("the browser takes no commands");
	const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
	const tab = targetInfos.find((target) => target.url === url);
	if (!tab) throw new Error(`no tab shows ${url}`);
	await session.send("Extensions.triggerAction", { id: browser.id, targetId: tab.targetId });
	await session.detach();
}
