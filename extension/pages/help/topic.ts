/** The names of the help's topics, for addresses: their texts come with the page. */
const NAMES = ["locked", "confirm", "sync", "files", "filling", "codes", "operator", "keys"] as const;

export type Topic = (typeof NAMES)[number];

export function isTopic(name: string | undefined): name is Topic {
	return NAMES.some((one) => one === name);
}
