// Medians, spreads and limits.

export const median = (list) => [...list].sort((one, other) => one - other)[list.length >> 1];

const digits = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));

export const time = (ms) => `${digits(ms)} ms`;

/** The median, and from where to where. */
export const spread = (list, show = digits) =>
	`${show(median(list))} (${show(Math.min(...list))}…${show(Math.max(...list))})`;

/** What was measured beside its limit: a line, and whether it holds. */
export class Report {
	missed = 0;

	say(what, value, shown, limit, show = digits) {
		const holds = limit === undefined || value <= limit;
		if (!holds) this.missed += 1;
		const beside = limit === undefined ? "" : `   limit ${show(limit)}   ${holds ? "ok" : "MISSED"}`;
		console.log(`  ${what.padEnd(58)} ${shown}${beside}`);
	}

	/** `ours` over `theirs`, sample by sample as they ran. */
	ratio(what, ours, theirs, limit) {
		const ratios = ours.map((ms, at) => ms / theirs[at]);
		const both = `ours ${time(median(ours))}, theirs ${time(median(theirs))}`;
		const three = (value) => value.toFixed(3);
		this.say(what, median(ratios), `${spread(ratios, three)}   ${both}`, limit, three);
	}

	time(what, list, limit) {
		this.say(what, median(list), spread(list, time), limit, time);
	}
}
