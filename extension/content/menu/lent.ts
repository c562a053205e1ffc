/** What the script in a page lends to what is shown there: the two are bundles apart, and remember nothing of each other. */
import type { fillForm, fillNew, placeOf } from "../page.ts";

export interface Lent {
	readonly fillForm: typeof fillForm;
	readonly fillNew: typeof fillNew;
	readonly placeOf: typeof placeOf;
	/** Elements of ours, which are no part of the page. */
	readonly ours: WeakSet<Element>;
}
