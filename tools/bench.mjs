// `npm run bench`: whether the time of an answer tells that an address has an account. Minutes, on a machine
// that does nothing else.
import { run } from "./machine.mjs";

const TESTS = ["test", "--workspace", "--features", "sigill-service/test-clock", "--test", "api"];

await run("cargo", [...TESTS, "--", "--ignored", "--nocapture", "--test-threads=1", "bench::"]);
