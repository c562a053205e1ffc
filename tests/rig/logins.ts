/** A login as Chrome exports it. */
export interface Login {
	readonly name: string;
	readonly url: string;
	readonly username: string;
	readonly password: string;
	readonly note: string;
}

/** A login of a site, as a page of ours saves it. */
export function loginOf(url: string, user: string, word: string) {
	const value = (field: string, text: string) => ({ field, text });
	const values = [value("username", user), value("password", word)];
	const { hostname } = new URL(url);
	const rest = { tags: [], folder: "", fields: [], favourite: false };
	return {
		content: { kind: "login", name: hostname, values, urls: [{ text: url, rule: "domain" }], ...rest },
	};
}

const HEADER = "name,url,username,password,note";

/** Logins that differ in everything, with what makes files hard: quotes, commas, line breaks, other scripts. */
export function logins(count: number): Login[] {
	return Array.from({ length: count }, (_, at) => ({
		name: `Site ${at} ${["åäö", "日本", "plain", 'with "quotes"', "a, b"][at % 5]}`,
		url: `https://site-${at}.example/login?next=%2F${at}`,
		username: `person${at}@mail-${at % 17}.example`,
		password: password(at),
		note: at % 4 === 0 ? `Line one of ${at}\nline "two", with a comma` : "",
	}));
}

const PLACES =
	"Bank,Bibliotek,Blomman,Bokhandel,Buss,Cykel,Dagstidning,El,Fjällstuga,Försäkring,Gym,Hyra,Kommunen,Körskola";

/** Logins as somebody has them: for pictures. */
export function everyday(): Login[] {
	return PLACES.split(",").map((name, at) => ({
		name,
		url: `https://${name.toLowerCase().replace(/å|ä/g, "a").replaceAll("ö", "o")}.example/`,
		username: at % 3 === 0 ? "anna" : "anna.berg@person.example",
		password: password(at),
		note: at % 4 === 0 ? "Kundnummer 4711" : "",
	}));
}

/** The same for the same number, so that a later comparison knows what it was. */
function password(at: number): string {
	const letters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%&/()=?+,;:-_\"'åß🔑 ";
	const all = [...letters];
	let state = (at + 1) * 2654435761;
	return Array.from({ length: 20 }, () => {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		return all[(state >>> 8) % all.length];
	}).join("");
}

export function csv(rows: readonly Login[]): Buffer {
	const lines = rows.map(({ name, url, username, password, note }) =>
		[name, url, username, password, note].map(quoted).join(","),
	);
	return Buffer.from([HEADER, ...lines, ""].join("\r\n"));
}

function quoted(field: string): string {
	return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
