/** The logins that every subject is given: about 420 bytes each, no two alike. */
const WORDS =
	"amber,birch,canal,delta,ember,fjord,grove,harbor,island,jasmin,kernel,lantern,meadow,nordic,onyx,prairie,quartz,river,summit,tundra,umbra,velvet,willow,xenon,yonder,zephyr".split(
		",",
	);

const word = (number) => WORDS[number % WORDS.length];

export function entries(count) {
	return Array.from({ length: count }, (_, at) => {
		const mixed = Math.imul(at + 1, 2654435761) >>> 0;
		const site = `${word(mixed)}-${word(mixed >>> 8)}${at}`;
		return {
			name: `${word(mixed)} ${word(mixed >>> 8)} ${at}`,
			username: `person${at}@${word(mixed >>> 16)}.example`,
			password: `${mixed.toString(36)}-${(mixed ^ 0x5bd1e995).toString(36)}-Aa1!`,
			url: `https://login.${site}.example/account/sign-in?next=%2Fhome`,
			notes: at % 4 === 0 ? `Opened ${2000 + (at % 26)}. Customer number ${mixed}.` : "",
			folder: word(at % 12),
			tag: word(12 + (at % 8)),
		};
	});
}

/** As the core's bench module takes them. */
export const lines = (list) =>
	list
		.map(({ name, username, password, url, notes, folder, tag }) =>
			[name, username, password, url, notes, folder, tag].join("\t"),
		)
		.join("\n");

/** What people type, letter by letter: each is one keystroke. */
export const TYPED = ["nordic river", "harbor", "person4711", "login.quartz", "velvet xenon", "zzzz"].flatMap(
	(text) => [...text].map((_, at) => text.slice(0, at + 1)),
);
