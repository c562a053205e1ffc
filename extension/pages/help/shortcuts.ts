import { css, html, type TemplateResult } from "lit";
import { type Key, t } from "../../ui/text.ts";
import { shortcut } from "../keys.ts";

/** What the browser listens to: the person may have set it otherwise. */
export type SetKeys = Readonly<Record<string, string>>;

export const shortcutsSheet = css`
	.shortcuts {
		display: grid;
		gap: var(--s2);
	}
	.shortcuts > div {
		display: flex;
		align-items: baseline;
		justify-content: space-between;
		gap: var(--s1) var(--s4);
	}
	.shortcuts dd {
		flex: none;
		margin: 0;
	}
	.shortcuts dt {
		min-inline-size: 0;
		color: var(--ink);
		font-size: var(--text-m);
	}
`;

/** As the browser has them now. */
export async function setShortcuts(): Promise<SetKeys> {
	const all = await chrome.commands.getAll();
	return Object.fromEntries(all.map(({ name, shortcut: keys }) => [name ?? "", keys ?? ""]));
}

/** Every shortcut there is, by where it works. */
export function shortcuts(set: SetKeys): TemplateResult {
	const browser = (name: string) => set[name] || t("help_keys_unset");
	return html`${part("help_keys_browser", [
		["help_keys_open", browser("_execute_action")],
		["help_keys_fill", browser("fill-login")],
	])}
		<p class="small soft">${t("help_keys_change")}</p>
		${part("help_keys_here", [
			["help_keys_quick", shortcut("k")],
			["help_keys_search", "/"],
			["help_keys_walk", t("help_key_up"), t("help_key_down")],
			["help_keys_enter", t("help_key_enter")],
			["help_keys_escape", t("help_key_escape")],
		])}
		${part("help_keys_copy", [
			["said_username", shortcut("b")],
			["said_password", shortcut("c")],
			["said_code", shortcut("o")],
		])}
		${part("help_keys_page", [
			["help_keys_page_open", t("help_key_down")],
			["help_keys_page_fill", t("help_key_enter")],
			["help_keys_page_leave", t("help_key_escape")],
		])}`;
}

function part(title: Key, rows: readonly (readonly [what: Key, ...keys: string[]])[]): TemplateResult {
	return html`<section class="card stack" aria-labelledby=${title}>
		<h2 id=${title}>${t(title)}</h2>
		<dl class="shortcuts">
			${rows.map(([what, ...keys]) => html`<div><dt>${t(what)}</dt><dd>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dd></div>`)}
		</dl>
	</section>`;
}
