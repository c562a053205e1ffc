/**
 * What is shown in a page: brought once somebody goes into a field, or something waits to be saved. A bundle of its own:
 * most pages with a form never show it, and would pay for reading it.
 */
import type { Field } from "../elements.ts";
import type { Looks } from "../messages.ts";
import type { Lent } from "./lent.ts";
import { Mark } from "./mark.ts";
import { Menu } from "./menu.ts";
import { Prompt } from "./prompt.ts";

export interface Overlays {
	readonly mark: Mark;
	readonly menu: Menu;
	readonly prompt: Prompt;
}

/** In the world of our scripts, where no page reaches. */
export interface World {
	sigillOverlays?: (looks: Looks, lent: Lent, marked: (field: Field) => void) => Overlays;
}

(globalThis as World).sigillOverlays = (looks, lent, marked) => ({
	mark: new Mark(looks, lent, marked),
	menu: new Menu(looks, lent),
	prompt: new Prompt(looks, lent),
});
