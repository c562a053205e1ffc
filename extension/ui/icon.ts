import { html, svg, type TemplateResult } from "lit";

const DRAWINGS = {
	vault: svg`<rect x="4" y="10" width="16" height="10" rx="2"/><path d="M8 10V7a4 4 0 0 1 8 0v3M12 14v2.5"/>`,
	health: svg`<path d="M12 3.5 5 6v5.5c0 4.2 2.9 7.4 7 9 4.1-1.6 7-4.8 7-9V6Z"/><path d="m9 12 2.2 2.2 3.8-4.2"/>`,
	trash: svg`<path d="M4 7h16M9 7V4.5h6V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5"/>`,
	import: svg`<path d="M12 4v10m0 0 4-4m-4 4-4-4M5 17v3h14v-3"/>`,
	account: svg`<circle cx="12" cy="8" r="3.5"/><path d="M5 20c.6-4 3.5-6 7-6s6.4 2 7 6"/>`,
	settings: svg`<path d="M4 7h9m5 0h2M4 17h2m5 0h9"/><circle cx="15.5" cy="7" r="2.3"/><circle cx="8.5" cy="17" r="2.3"/>`,
	lock: svg`<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="10.3" r="1.8"/><path d="m11.3 12 -.6 4h2.6l-.6-4"/>`,
	tab: svg`<path d="M10 5H5v14h14v-5M14 4h6v6M20 4l-9 9"/>`,
	add: svg`<path d="M12 5v14M5 12h14"/>`,
	search: svg`<circle cx="11" cy="11" r="6"/><path d="m20 20-4.7-4.7"/>`,
	download: svg`<path d="M12 4v12m-5-5 5 5 5-5M5 20h14"/>`,
	close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
	copy: svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3"/>`,
	key: svg`<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M16 7.5l3 3"/>`,
	show: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>`,
	hide: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><path d="m4 20 16-16"/>`,
	code: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>`,
	qr: svg`<path d="M4 4h6v6H4ZM14 4h6v6h-6ZM4 14h6v6H4ZM14 14h2.5v2.5H14ZM20 14v.1M20 17v3h-3"/>`,
	more: svg`<circle cx="5.5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="18.5" cy="12" r="1"/>`,
	back: svg`<path d="m14 6-6 6 6 6"/>`,
	next: svg`<path d="m10 6 6 6-6 6"/>`,
	edit: svg`<path d="m5 19 1-4L16.5 4.5l3 3L9 18l-4 1ZM14.5 6.5l3 3"/>`,
	undo: svg`<path d="M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4"/>`,
	sync: svg`<path d="M19.5 10A8 8 0 0 0 5 8m-.5 6A8 8 0 0 0 19 16M5 4v4h4m10 12v-4h-4"/>`,
	cloud: svg`<path d="M7 18.5a4.5 4.5 0 0 1-.5-9 6 6 0 0 1 11.3 1.2A4 4 0 0 1 17.5 18.5Z"/>`,
	device: svg`<rect x="4" y="5" width="16" height="11" rx="1.5"/><path d="M9 20h6M12 16v4"/>`,
	done: svg`<path d="m5 12.5 4.5 4.5L19 7"/>`,
	mail: svg`<rect x="3.5" y="6" width="17" height="12" rx="2"/><path d="m4 7.5 8 6 8-6"/>`,
	print: svg`<path d="M7 9V4h10v5M7 17H4.5V9.5h15V17H17M7 14h10v6H7Z"/>`,
	note: svg`<path d="M6 3.5h8.5L19 8v12.5H6ZM14 3.5V8.5h5M9 12.5h7M9 16h5"/>`,
	card: svg`<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="M3 10h18M6.5 15h4"/>`,
	document: svg`<path d="M4 6.5h6l2 2.5h8v10.5H4Z"/><path d="M8 14h8"/>`,
	terminal: svg`<rect x="3.5" y="5" width="17" height="14" rx="2"/><path d="m7 9.5 3 2.5-3 2.5M12.5 15h4"/>`,
	wifi: svg`<path d="M3.5 9.5a12 12 0 0 1 17 0M6.5 12.8a7.8 7.8 0 0 1 11 0M9.5 16a3.6 3.6 0 0 1 5 0M12 19v.1"/>`,
	passkey: svg`<circle cx="9" cy="8" r="3.5"/><path d="M3 20c.5-4 3-6 6-6 1.2 0 2.3.3 3.2.9"/><circle cx="17" cy="13" r="2.5"/><path d="M17 15.5V21l1.8-1.5"/>`,
	custom: svg`<rect x="4" y="4" width="7" height="7" rx="1.5"/><circle cx="16.5" cy="7.5" r="3.5"/><path d="m7.5 13.5 4 6.5h-8ZM14 14h6v6h-6Z"/>`,
	star: svg`<path d="m12 4 2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8Z"/>`,
	archive: svg`<rect x="3.5" y="5" width="17" height="4.5" rx="1"/><path d="M5 9.5V19.5h14V9.5M9.5 13h5"/>`,
	folder: svg`<path d="M3.5 6.5h6l2 2.5h9v10h-17Z"/>`,
	tag: svg`<path d="M4 4.5h7.5L20 13l-7 7-8.5-8.5ZM8 8.5v.1"/>`,
	select: svg`<path d="m4 7 2 2 3-4M4 16l2 2 3-4M12 7h8M12 16h8"/>`,
	dice: svg`<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M8.5 8.5v.1M15.5 8.5v.1M12 12v.1M8.5 15.5v.1M15.5 15.5v.1"/>`,
	filter: svg`<path d="M4 6h16M7 12h10M10 18h4"/>`,
	help: svg`<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.7M12 16.4v.1"/>`,
	globe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.4 2.4 3.4 5.2 3.4 8.5s-1 6.1-3.4 8.5c-2.4-2.4-3.4-5.2-3.4-8.5s1-6.1 3.4-8.5Z"/>`,
	theme: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17M12 7.5h6.900M12 12h8.500M12 16.5h6.900"/>`,
	warn: svg`<path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17.2v.1"/>`,
} as const;

export type Icon = keyof typeof DRAWINGS;

/** They point on or back, and so the other way where one reads from the right. */
const TURNING: readonly Icon[] = ["back", "next"];

/** A picture beside a name; the name is what is read out. */
export function icon(name: Icon): TemplateResult {
	const turns = TURNING.includes(name) ? "turns" : "";
	return html`<svg class="icon ${turns}" viewBox="0 0 24 24" aria-hidden="true">${DRAWINGS[name]}</svg>`;
}

/** The seal. */
export function seal(size: 28 | 40 | 72): TemplateResult {
	return html`<img src="../icons/seal-128.png" width=${size} height=${size} alt="" />`;
}
