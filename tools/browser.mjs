// Chromium with the repository root as an unpacked extension.
import { root } from "./machine.mjs";

/**
 * What Playwright switches off, and what we do: the browser takes the last list that it is given. Paint holding keeps a page
 * blank for up to half a second; the rest calls home, or looks for televisions.
 */
const SWITCHED_OFF = [
	"DisableLoadExtensionCommandLineSwitch",
	"AvoidUnnecessaryBeforeUnloadCheckSync",
	"DestroyProfileOnBrowserClose",
	"HttpsFirstBalancedModeAutoEnable",
	"HttpsUpgrades",
	"LensOverlay",
	"MediaRouter",
	"NetworkTimeServiceQuerying",
	"OptimizationHints",
	"PaintHolding",
	"PreconnectToSearch",
	"Translate",
];

/** Nothing that calls home or asks a person; root has no sandbox to enter. */
export const flags = [
	`--disable-extensions-except=${root}`,
	`--load-extension=${root}`,
	`--disable-features=${SWITCHED_OFF.join(",")}`,
	"--no-first-run",
	"--no-default-browser-check",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--disable-quic",
	...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
