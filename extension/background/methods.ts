/** What pages may ask the session for. */
import type { Session } from "../wasm/sigill.js";

/** The session's methods, as `crate/src/border.rs` declares them. */
export type Api = Omit<Session, "free" | typeof Symbol.dispose>;
export type Method = keyof Api;

/**
 * What follows a call: nothing (`reads`), pages look again (`changes`), and
 * the cloud should soon hear of it (`edits`). A method that is missing here is
 * a type error, one that is not here can't be called.
 */
export const METHODS = {
	status: "reads",
	tick: "changes",
	newDerivation: "reads",
	createVault: "edits",
	derivation: "reads",
	newRecoveryCode: "reads",
	unlock: "edits",
	unlockByCode: "edits",
	changeMasterPassword: "edits",
	lock: "changes",
	touch: "reads",
	list: "reads",
	item: "reads",
	save: "edits",
	bulk: "edits",
	facets: "reads",
	layouts: "reads",
	erase: "edits",
	eraseDue: "edits",
	previewImport: "reads",
	import: "edits",
	batches: "reads",
	undo: "edits",
	signUp: "reads",
	verify: "reads",
	resendVerification: "reads",
	signIn: "changes",
	portal: "reads",
	lostFactor: "reads",
	providers: "reads",
	beginSignIn: "reads",
	signInProgress: "reads",
	connect: "edits",
	differs: "reads",
	takeOver: "edits",
	signOut: "changes",
	account: "reads",
	signDeviceOut: "reads",
	stopWait: "reads",
	addressIsMine: "reads",
	hear: "reads",
	moved: "reads",
	liftHold: "changes",
	liftHoldByFactor: "changes",
	veto: "changes",
	isMasterPassword: "reads",
	syncNow: "changes",
	loss: "reads",
	ask: "changes",
	askReset: "changes",
	askAnew: "changes",
	backup: "reads",
	exportItems: "reads",
	knock: "changes",
	leaveService: "changes",
	undoConnecting: "changes",
	leaveNothing: "reads",
	leaveSealed: "reads",
	operation: "reads",
	resend: "changes",
	sendText: "changes",
	prove: "changes",
	cancel: "changes",
	dismiss: "changes",
	clearUnconnected: "changes",
	resetUnconnected: "edits",
	restorable: "reads",
	restoreUnconnected: "changes",
	displaced: "reads",
	timeline: "reads",
	timelineFile: "reads",
	openTimeline: "reads",
} as const satisfies Record<Method, "reads" | "changes" | "edits">;

export function isMethod(name: unknown): name is Method {
	return typeof name === "string" && Object.hasOwn(METHODS, name);
}
