/** How it looks in a page: our own tokens, and nothing of the page's. */
import tokens from "../../ui/tokens.css";

let made: CSSStyleSheet | undefined;

/** Dresses a root in it: with a sheet that all roots share, or where a page's root takes none from this script, each anew. */
export function dress(root: ShadowRoot): void {
	try {
		root.adoptedStyleSheets = [sheet()];
	} catch {
		const style = document.createElement("style");
		style.textContent = written();
		root.append(style);
	}
}

function sheet(): CSSStyleSheet {
	if (!made) {
		made = new CSSStyleSheet();
		made.replaceSync(written());
	}
	return made;
}

/**
 * Names that no page knows: what a page registers by `@property`, or says by `@font-face`, counts in our roots too (CSS
 * Properties and Values API; css-scoping), and would let it make a menu's texts or ground invisible.
 */
const NAMES = `--${[...crypto.getRandomValues(new Uint8Array(8))].join("-")}-`;

/** Families that the browser chooses itself: no page can put another font behind them. */
const FAMILIES = `.frame { --sans: system-ui, sans-serif; --serif: serif; --mono: monospace; }`;

/** The tokens are written for a page's root; here the frame is that. */
const written = () => `${colours()}\n${FAMILIES}\n${RULES}`.replaceAll(/--(?=[a-z])/g, NAMES);

/** The custom properties of `tokens.css`, without what dresses pages. */
function colours(): string {
	const rules = tokens.slice(0, tokens.indexOf("html {"));
	return rules
		.replaceAll(/:root\[data-theme="(light|dark)"\]/g, ".frame.$1")
		.replaceAll(":root", ".frame")
		.replaceAll(/([\d.]+)rem/g, (_, rem: string) => `${Number(rem) * 16}px`);
}

/** The seal lies on paper in a dark page too: fields of most sites are light, and on dark ground its red is hardly seen. */
const PAPER = "#fffefa";

const RULES = `
.frame { font: 14px/1.45 var(--sans); color: var(--ink); text-align: start; }
.frame *, .frame *::before { box-sizing: border-box; }
.mark { display: grid; place-items: center; inline-size: 24px; block-size: 24px; padding: 0; border: 0;
	border-radius: 6px; background: ${PAPER}; cursor: pointer; opacity: 0.9; }
.mark:hover, .mark:focus-visible { opacity: 1; box-shadow: 0 0 0 2px var(--accent); }
.mark svg { inline-size: 16px; block-size: 16px; display: block; }
.menu, .card { inline-size: min(320px, calc(100vw - 16px)); background: var(--raised); color: var(--ink);
	border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 28px var(--shadow); overflow: hidden; }
.menu { padding: 4px; max-block-size: min(320px, calc(100vh - 16px)); overflow-y: auto; overscroll-behavior: contain; }
.entry { display: grid; grid-template-columns: 28px minmax(0, 1fr); column-gap: 10px; align-items: center;
	inline-size: 100%; padding: 7px 8px; border: 0; border-radius: 7px; background: transparent; color: inherit;
	font: inherit; text-align: start; cursor: pointer; }
.entry:hover, .entry:focus { background: var(--accent-soft); outline: 0; }
.entry:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.entry .letter { grid-row: span 2; display: grid; place-items: center; inline-size: 28px; block-size: 28px;
	border-radius: 7px; background: var(--sunken); color: var(--ink-soft); font-weight: 600; }
.entry svg { inline-size: 18px; block-size: 18px; fill: none; stroke: currentColor; stroke-width: 1.75;
	stroke-linecap: round; stroke-linejoin: round; }
.name, .detail, .host { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.name { font-weight: 500; }
.detail { color: var(--ink-soft); font-size: 13px; }
.secret { font-family: var(--mono); color: var(--ink); }
.note { margin: 0; padding: 8px 10px; font-size: 13px; color: var(--ink-soft); overflow-wrap: anywhere; }
.warning { margin: 4px; padding: 8px 10px; border-radius: 7px; font-size: 13px; background: var(--amber-soft);
	color: var(--ink); border-inline-start: 3px solid var(--amber); overflow-wrap: anywhere; }
.warning.wax { background: var(--wax-soft); border-color: var(--wax); }
hr { margin: 4px 0; border: 0; border-block-start: 1px solid var(--line); }
.choices { padding: 4px; }
.card { padding: 14px; display: grid; gap: 10px; }
.card h2 { margin: 0; font: 500 17px/1.3 var(--serif); overflow-wrap: anywhere; display: grid;
	grid-template-columns: 20px minmax(0, 1fr); column-gap: 8px; }
.card h2 svg { inline-size: 20px; block-size: 22px; }
.card p { margin: 0; font-size: 13px; color: var(--ink-soft); overflow-wrap: anywhere; }
.card .who { color: var(--ink); font-size: 14px; font-weight: 500; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.row button { font: 500 13px/1.2 var(--sans); min-block-size: 34px; padding: 7px 13px; border-radius: 7px;
	border: 1px solid var(--line-strong); background: transparent; color: var(--ink); cursor: pointer; }
.row button:hover { background: var(--sunken); }
.row button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.row button.main:hover { background: var(--accent-hover); }
.row button.quiet { border-color: transparent; color: var(--accent); padding-inline: 8px; margin-inline-start: -9px; }
@media (forced-colors: active) { .entry:focus { outline: 2px solid Highlight; } }
`;
