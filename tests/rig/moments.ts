import type { Account, Act, Device, Lifts, Needs, Phase, Status } from "../../extension/wasm/sigill.js";
import type { Place } from "./browser.ts";
import { type Answers, asked, CONNECTED, differs, loss, OFF, operation, paused } from "./scenes.ts";

/** A page in a state that takes an account of its own kind to reach. */
export interface Moment {
	readonly name: string;
	readonly place: Place;
	readonly hash: string;
	readonly answers: Answers;
}

const NOW = Math.floor(Date.now() / 1000);
const HOUR = 3600;

const HERE: Act = { act: "clear_this_device" };
const EVERYWHERE: Act = { act: "clear_everywhere" };

function proofs(...names: Extract<Needs, { kind: "proofs" }>["proofs"]): Needs {
	return { kind: "proofs", proofs: names };
}

function refused(reason: Extract<Needs, { kind: "refused" }>["reason"]): Needs {
	return { kind: "refused", reason };
}

function lossOf(name: string, act: Act, needs: Needs, status: Status): Moment {
	return { name, place: "danger", hash: `#${act.act}`, answers: { status, loss: loss(act, needs) } };
}

function step(name: string, act: Act, phase: Phase, status: Status = OFF): Moment {
	const begun = operation(act, phase);
	const derivation = { kdf: { algorithm: "pbkdf2", iterations: 600_000 }, salt: "AAECAwQFBgcICQoLDA0ODw" };
	return {
		name,
		place: "danger",
		hash: "#resume",
		answers: {
			status: { ...status, unfinished: begun },
			operation: begun,
			derivation,
			isMasterPassword: false,
		},
	};
}

function account(changes: Partial<NonNullable<Status["account"]>>, status: Status = CONNECTED): Status {
	return { ...status, account: status.account && { ...status.account, ...changes } };
}

/** An account that signs in at a provider and has no password yet. */
export const UNLINKED = account({ linked: false, provider: "Example" });

export const PASSWORD_STEP = step("password", HERE, asked(5, ["account_password"]));
export const NOT_LINKED = lossOf("not-linked", HERE, refused("account_not_linked"), UNLINKED);

function locked(connected: boolean, status: Status = CONNECTED): Status {
	return {
		...status,
		vault: { state: "locked", name: "My vault", connected, recovery: false, passkeys: [] },
	};
}

const ALONE: Status = { ...locked(false), account: undefined, sync: { state: "not_connected" } };
const DIFFERS = paused("cloud_differs");

function way(name: string, status: Status): Moment {
	return { name, place: "danger", hash: "#reset_master_password", answers: { status } };
}

function other(name: string, status: Status, connecting = false): Moment {
	return { name, place: "app", hash: "#differs", answers: { status, differs: differs(connecting) } };
}

function held(name: string, lifts: Lifts, hash: string, status: Status = CONNECTED): Moment {
	const until = NOW + 72 * HOUR;
	return {
		name,
		place: "app",
		hash,
		answers: { status: { ...status, held: { until, lifts, canVeto: true } } },
	};
}

/** The account's page, with what the service says of the account. */
export function accountPage(name: string, status: Status, data: Partial<Account> = {}): Moment {
	const laptop: Device = { id: "01", name: "Laptop", knownSince: NOW - HOUR, lastSeen: NOW, this: true };
	const known: Account = {
		email: "anna@person.example",
		service: "https://sigill.example",
		devices: [laptop],
		waits: [],
		askAddress: false,
		takenBackUntil: undefined,
		...data,
	};
	return { name, place: "app", hash: "#account", answers: { status, account: known } };
}

const SALT = "AAECAwQFBgcICQoLDA0ODw";
const ARGON2ID = {
	kdf: { algorithm: "argon2id", memory: 65_536, iterations: 3, parallelism: 4 },
	salt: SALT,
};

/** One passkey of this device, and one of another. */
function withPasskeys(status: Status): Status {
	const { vault } = status;
	if (vault.state !== "open" && vault.state !== "locked") return status;
	const slot = "07".repeat(16);
	const passkeys = [
		{ slot, credential: "AQID", name: "Blue key" },
		{ slot: "08".repeat(16), credential: undefined, name: undefined },
	];
	return { ...status, vault: { ...vault, passkeys } };
}

/** Each new page, in each state that it has. */
export const MOMENTS: readonly Moment[] = [
	way("forgotten-way", locked(true)),
	way("forgotten-way-signed-out", { ...locked(true), account: undefined }),
	way("forgotten-way-alone", ALONE),
	other("differs", DIFFERS),
	other("differs-locked", locked(true, DIFFERS)),
	other("differs-connecting", CONNECTED, true),
	{ name: "change", place: "app", hash: "#change", answers: { status: CONNECTED } },
	{ name: "change-passkeys", place: "app", hash: "#change", answers: { status: withPasskeys(CONNECTED) } },
	{ name: "passkeys", place: "app", hash: "#passkeys", answers: { status: withPasskeys(CONNECTED) } },
	{ name: "unlock-passkey", place: "app", hash: "#unlock", answers: { status: withPasskeys(locked(true)) } },
	{
		name: "derivation",
		place: "app",
		hash: "#derivation",
		answers: { status: CONNECTED, derivation: ARGON2ID },
	},
	held("held-here", "this_device", "#account"),
	held("held-here-locked", "this_device", "#account", locked(true)),
	held("held-factor", "factor", "#account"),
	held("held-signed-out", "elsewhere", "#account", {
		...locked(true),
		account: undefined,
		sync: { state: "signed_out", pending: 0 },
	}),
	held("held-banner", "elsewhere", "#settings"),
	accountPage("account-untie", CONNECTED, { takenBackUntil: NOW + 71 * HOUR }),
	accountPage("account-waits", CONNECTED, {
		askAddress: true,
		waits: [{ lost: "factor", until: NOW + 168 * HOUR }],
	}),
	accountPage("account-silent", { ...CONNECTED, silent: NOW - 192 * HOUR }),
	accountPage("account-deleted", { ...CONNECTED, deleted: NOW - HOUR }),
	lossOf("clear-this-device", HERE, proofs("email_code"), CONNECTED),
	lossOf("clear-alone", HERE, { kind: "typed_phrase", phrase: "My vault" }, ALONE),
	lossOf("loss-sync-off", HERE, proofs("account_password"), OFF),
	lossOf("loss-two-factor", HERE, proofs("account_password", "text_message_code"), OFF),
	lossOf("refused-sync-is-off", EVERYWHERE, refused("sync_is_off"), OFF),
	NOT_LINKED,
	lossOf("turn-sync-off", { act: "turn_sync_off" }, proofs("account_password", "email_code"), CONNECTED),
	lossOf("disconnect", { act: "disconnect" }, proofs("account_password", "email_code"), CONNECTED),
	lossOf("turn-sync-on", { act: "turn_sync_on" }, proofs("account_password"), OFF),
	PASSWORD_STEP,
	step("password-then-code", { act: "turn_sync_off" }, asked(5, ["account_password", "email_code"])),
	step("text", HERE, asked(4, ["text_message_code"])),
	step("both-codes", EVERYWHERE, asked(5, ["email_code", "text_message_code"]), CONNECTED),
	step("turned-sync-off", { act: "turn_sync_off" }, { phase: "done", at: 0, undoUntil: undefined }),
	{ name: "settings-sync-off", place: "app", hash: "#settings", answers: { status: OFF } },
	{
		name: "settings-strict",
		place: "app",
		hash: "#settings",
		answers: { status: account({ secondFactor: "strict" }) },
	},
	{ name: "settings-not-linked", place: "app", hash: "#settings", answers: { status: UNLINKED } },
	{
		name: "welcome-sync-off",
		place: "app",
		hash: "",
		answers: { status: { ...OFF, vault: { state: "none", inCloud: true, restorableUntil: undefined } } },
	},
];
