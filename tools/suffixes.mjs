// `node tools/suffixes.mjs LIST`: packs a public-suffix list (https://publicsuffix.org, MPL 2.0; as Debian's package
// `publicsuffix` or PyPI's `publicsuffixlist` carry it) into extension/data/public-suffixes.txt, a rule a line, in
// bytewise order, names in Punycode, so that `sigill_core::site::Suffixes` searches it as it lies.
import { readFileSync, writeFileSync } from "node:fs";
import { domainToASCII } from "node:url";
import { at } from "./machine.mjs";

/** Under which anybody gets a name of their own by the minute, though the list doesn't know it: Azure's machines. */
const OURS = ["*.cloudapp.azure.com"];

const list = readFileSync(process.argv[2] ?? "/usr/share/publicsuffix/public_suffix_list.dat", "utf8");
const version = /^\/\/ VERSION: (\S+)$/m.exec(list)?.[1] ?? "unknown";
const rules = list
	.split("\n")
	.map((line) => line.trim())
	.filter((line) => line !== "" && !line.startsWith("//"))
	.map(packed);
const sorted = [...new Set([...rules, ...OURS])].sort((one, other) => (one < other ? -1 : 1));
writeFileSync(
	at("extension", "data", "public-suffixes.txt"),
	`# public-suffix list ${version}, MPL 2.0, and ${OURS.length} of ours, ${sorted.length} rules\n${sorted.join("\n")}\n`,
);
console.log(`${sorted.length} rules of ${version}`);

/** `*.` and `!` stay, the name goes into ASCII. */
function packed(rule) {
	const [, mark, name] = /^(\*\.|!)?(.+)$/.exec(rule);
	const ascii = domainToASCII(name);
	if (!/^[\x21-\x7e]+$/.test(ascii)) throw new Error(`no name: ${rule}`);
	return `${mark ?? ""}${ascii}`;
}
