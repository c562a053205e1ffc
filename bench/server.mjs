// The repository's files to a page on 127.0.0.1: what is measured is loaded as a browser loads it.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";
import { at } from "../tools/machine.mjs";

const TYPES = {
	".html": "text/html",
	".js": "text/javascript",
	".mjs": "text/javascript",
	".wasm": "application/wasm",
};

export async function serve() {
	const server = createServer((request, answer) => {
		const path = normalize(new URL(request.url, "http://127.0.0.1").pathname);
		const file = at(path);
		const type = TYPES[extname(file)];
		if (!type || !existsSync(file) || !statSync(file).isFile()) return answer.writeHead(404).end();
		answer.writeHead(200, { "content-type": type, "cache-control": "no-store" });
		return createReadStream(file).pipe(answer);
	});
	await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
	return { url: `http://127.0.0.1:${server.address().port}/bench/page.html`, stop: () => server.close() };
}
