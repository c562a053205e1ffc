// Chromium with the repository root as an unpacked extension.
import { root } from "./machine.mjs";

/** Nothing that calls home or asks a person; root has no sandbox to enter. */
export const flags = [
	`--disable-extensions-except=${root}`,
	`--load-extension=${root}`,
	"--disable-features=DisableLoadExtensionCommandLineSwitch",
	"--no-first-run",
	"--no-default-browser-check",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--disable-quic",
	...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
