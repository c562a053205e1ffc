import { readdirSync, readFileSync } from "node:fs";

const PAGE = 4096;
const EVERY_MS = 250;

/** Looks at what a browser's processes hold together, again and again; Linux only, elsewhere nothing is seen. */
export class Memory {
	private most = 0;
	private readonly timer = setInterval(() => this.look(), EVERY_MS);

	constructor(private readonly profile: string) {}

	/** The most since this was last asked, in MB. */
	peak(): number {
		const most = this.most;
		this.most = 0;
		return Math.round(most / 1e6);
	}

	end(): void {
		clearInterval(this.timer);
	}

	private look(): void {
		const all = processes();
		const first = all.filter(({ command }) => command.includes(this.profile));
		const ours = new Set(first.map(({ id }) => id));
		for (let before = 0; before < ours.size; ) {
			before = ours.size;
			for (const { id, parent } of all) if (ours.has(parent)) ours.add(id);
		}
		const held = all.filter(({ id }) => ours.has(id)).reduce((sum, { bytes }) => sum + bytes, 0);
		this.most = Math.max(this.most, held);
	}
}

interface Process {
	readonly id: number;
	readonly parent: number;
	readonly command: string;
	/** In memory and not shared with others. */
	readonly bytes: number;
}

function processes(): Process[] {
	try {
		return readdirSync("/proc")
			.filter((name) => /^\d+$/.test(name))
			.flatMap((name) => processOf(name) ?? []);
	} catch {
		return [];
	}
}

function processOf(name: string): Process | undefined {
	try {
		const stat = readFileSync(`/proc/${name}/stat`, "utf8");
		const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
		const [, resident = 0, shared = 0] = readFileSync(`/proc/${name}/statm`, "utf8").split(" ").map(Number);
		const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
		return { id: Number(name), parent, command, bytes: (resident - shared) * PAGE };
	} catch {
		return undefined; // it ended meanwhile
	}
}
