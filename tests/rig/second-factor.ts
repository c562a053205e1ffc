import { randomBytes } from "node:crypto";
import { Device } from "./device.ts";
import { ABSENT, bytes, hash, hex, integer, text } from "./encode.ts";
import type { Gateway } from "./gateway.ts";
import { codeIn, type Mailbox } from "./mail.ts";
import type { Account } from "./person.ts";

export const PHONE = "+46701234567";

/** The eighth of the weakenings: one more second factor. */
const ADD_FACTOR = 7;

interface Around {
	readonly service: string;
	readonly account: Account;
	readonly mailbox: Mailbox;
	readonly texts: Gateway;
	/** Whether every dangerous act takes the factor. */
	readonly profile?: Profile;
}

type Profile = "standard" | "strict";

/**
 * Turns two-factor on for an account, as a device of its own does: the phone is tried with the code of its
 * text, then the account password and a mailed code let it take effect. What comes back are the backup codes.
 */
export async function enrolPhone({
	service,
	account,
	mailbox,
	texts,
	profile = "standard",
}: Around): Promise<string[]> {
	const device = await Device.at(service);
	const { email, password } = account;
	const session = await device.post("/v1/sessions", {
		email,
		password,
		device_name: "Phone",
		language: "en",
	});
	device.access = String(session["access_token"]);
	const enrolled = await device.post("/v1/enrolments", { kind: "phone", number: PHONE });
	const { enrolment } = enrolled;
	await device.post(`/v1/enrolments/${enrolment}/try`, { code: codeIn(await texts.next()) });
	const ask = asking(
		{ account: String(session["account"]), device: await device.id() },
		await staged(device, String(enrolment), profile),
	);
	const { operation } = await device.post("/v1/operations", ask);
	const confirm = (proofs: object) =>
		device.post(`/v1/operations/${operation}/confirm`, { digest: ask.digest, head_tag: null, proofs });
	await confirm({ account_password: password });
	const done = await confirm({ email_code: codeIn(await mailbox.next()) });
	if (!done["receipt"]) throw new Error(`no second factor: ${JSON.stringify(done)}`);
	await mailbox.next(); // the notice that it is done
	return enrolled["backup_codes"] as string[];
}

/** What the operation will be about; its hash is the device's own. */
async function staged(device: Device, enrolment: string, profile: Profile): Promise<string> {
	const blind = randomBytes(32);
	const kind = profile === "strict" ? "enrolment_strict" : "enrolment";
	await device.post("/v1/weakenings", {
		what: "add_factor",
		blind: blind.toString("base64url"),
		parameters: { kind: "enrolment", enrolment, profile },
	});
	return hash("sigill/weaken/1", integer(ADD_FACTOR), bytes(blind), text(kind), hex(enrolment));
}

interface Ask {
	readonly request: object;
	readonly new_head: null;
	readonly new_slots: null;
	readonly digest: string;
}

function asking({ account, device }: { account: string; device: string }, parameters: string): Ask {
	const nothing = "0".repeat(64);
	const [key, vault] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
	const request = {
		idempotency_key: key,
		action: { kind: "weaken", what: "add_factor", parameters },
		vault,
		base_seq: 0,
		base_head_hash: nothing,
		new_head_hash: null,
		new_slots_hash: null,
		upload: null,
		loss_hash: nothing,
	};
	const named = [hex(account), hex(device), hex(key), text("weaken"), integer(ADD_FACTOR)];
	const about = hex(hash("sigill/parameters/1", hex(parameters)));
	const base = [hex(vault), integer(0), hex(nothing), ABSENT, ABSENT, ABSENT, hex(nothing)];
	return { request, new_head: null, new_slots: null, digest: hash("sigill/op/1", ...named, about, ...base) };
}
