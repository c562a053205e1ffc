import { call } from "../../background/client.ts";
import type { Place, Row, Rows } from "../../wasm/sigill.js";

const PAGE = 100;

/** The rows of one search: fetched a page at a time as they come into sight. */
export class Found {
	total = 0;
	private readonly pages = new Map<number, Row[]>();

	constructor(
		readonly text: string,
		readonly place: Place,
	) {}

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
		const answer = await call("list", {
			text: this.text,
			place: this.place,
			from: page * PAGE,
			count: PAGE,
		});
		const rows: Rows = JSON.parse(answer);
		this.pages.set(page, rows.rows);
		this.total = rows.total;
	}
}
