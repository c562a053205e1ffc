import { call } from "../../background/client.ts";
import { failedWith } from "../failure.ts";

/** Forgets an act that is over; another page may have done so already. */
export async function dismiss(): Promise<void> {
	try {
		await call("dismiss");
	} catch (thrown) {
		if (!failedWith(thrown, "not_found")) throw thrown;
	}
}
