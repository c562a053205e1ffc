/** The only folder that names IndexedDB and `chrome.storage`. */
export {
	type AskedRow,
	allAsked,
	asked,
	keepAsked,
	nameWindow,
	takeAsked,
} from "./asked.ts";
export { eraseAll, ready } from "./database.ts";
export { type Choices, choices, keepChoices, passwordWish, RANGES, wishOf } from "./generator.ts";
export { LEAK_SERVICE, leakRange } from "./leak-service.ts";
export { isSameRun, onlyForOurselves } from "./memory.ts";
export { port } from "./port.ts";
export { forgetQuiet, hush, isQuiet } from "./quiet.ts";
export {
	forgetOver,
	forgetSent,
	forgetTab,
	isRefused,
	noteRefused,
	rememberSent,
	type Sent,
	sentIn,
} from "./sent.ts";
export {
	changeSettings,
	DEFAULTS,
	type HostList,
	isListed,
	onSettings,
	type Settings,
	setListed,
	settings,
} from "./settings.ts";
export { isTemporary, makePermanent, makeTemporary } from "./temporary.ts";
