import { isFailure } from "../background/client.ts";
import { bytes, t, textOf } from "../ui/text.ts";
import { Told } from "./told.ts";

/** What went wrong, in the person's language. */
export function failureText(thrown: unknown): string | undefined {
	if (thrown instanceof DOMException && thrown.name === "AbortError") return undefined; // the person's own wish
	if (thrown instanceof Told) return t(thrown.key);
	if (!isFailure(thrown)) {
		console.error(thrown);
		return t("error_unknown");
	}
	const { used, wanted, limit } = thrown.quota ?? { used: 0, wanted: 0, limit: 0 };
	const params = {
		s: thrown.retryAfter ?? 60,
		n: thrown.triesLeft ?? 0,
		used: bytes(used),
		wanted: bytes(wanted),
		limit: bytes(limit),
	};
	return textOf(`error_${thrown.code}`, params) ?? textOf(thrown.code, params) ?? t("error_unknown");
}

export function failedWith(thrown: unknown, ...codes: string[]): boolean {
	return isFailure(thrown) && codes.includes(thrown.code);
}
