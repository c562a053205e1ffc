import { count, moment, t } from "../ui/text.ts";
import type { SyncState } from "../wasm/sigill.js";

/** How far this device and the cloud are in step, in a sentence. */
export function syncText(sync: SyncState): string {
	switch (sync.state) {
		case "not_connected":
			return t("sync_not_connected");
		case "on":
			if (sync.pending > 0) return count("sync_pending", sync.pending);
			return sync.last === undefined ? t("sync_on") : t("sync_on_last", { date: moment(sync.last) });
		case "offline":
			return [t("sync_offline"), waiting(sync.pending)].join(" ").trim();
		case "off":
			return [t("sync_off"), waiting(sync.pending)].join(" ").trim();
		case "signed_out":
			return [t("sync_signed_out"), waiting(sync.pending)].join(" ").trim();
		case "paused":
			return t("sync_paused");
	}
}

function waiting(pending: number): string {
	return pending > 0 ? `${count("sync_pending", pending)}.` : "";
}
