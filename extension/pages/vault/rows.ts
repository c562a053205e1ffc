import { call } from "../../background/client.ts";
import type { Row, Rows, Scope } from "../../wasm/sigill.js";
import { scopeAddress } from "../view.ts";

const PAGE = 50;

/** The rows of one search: fetched a page at a time as they come into sight. */
export class Found {
	total = 0;
	private readonly pages = new Map<number, Row[]>();

	constructor(
		readonly text: string,
		readonly scope: Scope,
	) {}

	/** Whether another search asks for the same. */
	asks(other: Found): boolean {
		return this.text === other.text && scopeAddress(this.scope) === scopeAddress(other.scope);
	}

	row(at: number): Row | undefined {
		return this.pages.get(Math.floor(at / PAGE))?.[at % PAGE];
	}

	/** Fetches what is missing of `from … to`. */
	async need(from: number, to: number): Promise<boolean> {
		const missing: number[] = [];
		for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(from, to - 1) / PAGE); page += 1) {
			if (!this.pages.has(page)) missing.push(page);
		}
		await Promise.all(missing.map((page) => this.fetch(page)));
		return missing.length > 0;
	}

	private async fetch(page: number): Promise<void> {
		const rows = await this.ask(page * PAGE, PAGE);
		this.pages.set(page, rows.rows);
		this.total = rows.total;
	}

	/** Every entry that was found. */
	async ids(): Promise<string[]> {
		return (await this.ask(0, this.total)).rows.map((row) => row.id);
	}

	private async ask(from: number, count: number): Promise<Rows> {
		return JSON.parse(await call("list", { text: this.text, scope: this.scope, from, count }));
	}
}
