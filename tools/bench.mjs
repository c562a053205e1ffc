// `npm run bench`: Sigill beside other libraries in Chromium (bench/); `npm run bench -- open derive search extension`
// runs only those named. `npm run bench -- answers`: whether the time of an answer tells that an address has an
// account. Minutes each, on a machine that does nothing else.
import { bench } from "../bench/run.mjs";
import { run } from "./machine.mjs";

const ANSWERS = ["test", "--workspace", "--features", "sigill-service/test-clock", "--test", "api"];

const wanted = process.argv.slice(2);
if (wanted.includes("answers"))
	await run("cargo", [...ANSWERS, "--", "--ignored", "--nocapture", "--test-threads=1", "bench::"]);
else
	await bench(wanted).catch((error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
