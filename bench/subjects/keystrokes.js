/** Times each keystroke; the median and the worst, in ms. The first word warms up whatever warms up. */
export function keystrokes(typed, find) {
	const times = [...typed, ...typed].map((text) => {
		const begun = performance.now();
		find(text);
		return performance.now() - begun;
	});
	const second = times.slice(typed.length).sort((one, other) => one - other);
	return {
		median: second[second.length >> 1],
		worst: second.at(-1),
		cold: Math.max(...times.slice(0, typed.length)),
	};
}
