/** What a person chose at the generator last, on this device: `chrome.storage.local`. None of it is secret. */

export interface Choices {
	readonly kind: "password" | "passphrase" | "user_name" | "sub_address";
	/** Characters of a password. */
	readonly length: number;
	readonly lower: boolean;
	readonly upper: boolean;
	readonly digits: boolean;
	readonly symbols: boolean;
	/** How many of each set there are at least, where it is chosen. */
	readonly leastLower: number;
	readonly leastUpper: number;
	readonly leastDigits: number;
	readonly leastSymbols: number;
	/** Whether look-alikes are left out. */
	readonly clear: boolean;
	/** Words of a passphrase. */
	readonly words: number;
	readonly separator: "hyphen" | "space" | "full_stop" | "underscore" | "comma";
	readonly capitals: boolean;
	readonly number: boolean;
	/** `auto`: in the language of the pages. */
	readonly list: "auto" | "english" | "swedish";
	/** Between the words of a user name. */
	readonly joint: "none" | "full_stop" | "underscore" | "hyphen";
	readonly nameCapitals: boolean;
	readonly nameDigits: number;
}

const STANDARD: Choices = {
	kind: "password",
	length: 20,
	lower: true,
	upper: true,
	digits: true,
	symbols: true,
	leastLower: 1,
	leastUpper: 1,
	leastDigits: 1,
	leastSymbols: 1,
	clear: false,
	words: 6,
	separator: "hyphen",
	capitals: false,
	number: false,
	list: "auto",
	joint: "none",
	nameCapitals: false,
	nameDigits: 2,
};

/** Numbers that a person can choose, from and to. */
export const RANGES = {
	length: [4, 128],
	words: [3, 12],
	nameDigits: [0, 6],
	leastLower: [0, 9],
	leastUpper: [0, 9],
	leastDigits: [0, 9],
	leastSymbols: [0, 9],
} as const satisfies Partial<Record<keyof Choices, readonly [number, number]>>;

const WORDS: Partial<Record<keyof Choices, readonly string[]>> = {
	kind: ["password", "passphrase", "user_name", "sub_address"] satisfies Choices["kind"][],
	separator: ["hyphen", "space", "full_stop", "underscore", "comma"] satisfies Choices["separator"][],
	list: ["auto", "english", "swedish"] satisfies Choices["list"][],
	joint: ["none", "full_stop", "underscore", "hyphen"] satisfies Choices["joint"][],
};

const KEY = "generator";

/** Whether it is a choice of ours: it may come from another version. */
function isChoice(name: keyof Choices, value: unknown): boolean {
	if (name in RANGES) {
		const [least, most] = RANGES[name as keyof typeof RANGES];
		return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
	}
	const words = WORDS[name];
	return words ? words.some((word) => word === value) : typeof value === "boolean";
}

function parse(stored: unknown): Choices {
	const rows: Record<string, unknown> = typeof stored === "object" && stored !== null ? { ...stored } : {};
	const names = Object.keys(STANDARD) as (keyof Choices)[];
	const known = names.filter((name) => isChoice(name, rows[name]));
	return { ...STANDARD, ...Object.fromEntries(known.map((name) => [name, rows[name]])) };
}

export async function choices(): Promise<Choices> {
	const { [KEY]: stored } = await chrome.storage.local.get(KEY);
	return parse(stored);
}

export async function keepChoices(chosen: Choices): Promise<void> {
	await chrome.storage.local.set({ [KEY]: chosen });
}

/** What is wished for, as the module reads it. */
export function wishOf(wish: Readonly<Record<string, string | number>>): string {
	return new URLSearchParams(Object.entries(wish).map(([name, value]) => [name, String(value)])).toString();
}

export function passwordWish(chosen: Choices): string {
	return wishOf({
		length: chosen.length,
		alike: chosen.clear ? "left_out" : "kept",
		...(chosen.lower && { lower: chosen.leastLower }),
		...(chosen.upper && { upper: chosen.leastUpper }),
		...(chosen.digits && { digits: chosen.leastDigits }),
		...(chosen.symbols && { symbols: chosen.leastSymbols }),
	});
}
