// What a document's forms look like, for `sigill_core::fill::Page`, in whose words it is written.

export type Hidden =
	| "type"
	| "style"
	| "size"
	| "opacity"
	| "off_screen"
	| "clipped"
	| "aria_hidden"
	| "covered";

export interface Place {
	place: number;
	group: number | null;
}

export interface Group {
	parent: number | null;
	tag: string;
	label: string;
	name: string;
	action: string;
}

export interface Control extends Place {
	form: number | null;
	kind: string;
	autocomplete: string;
	name: string;
	id: string;
	label: string;
	aria: string;
	placeholder: string;
	title: string;
	inputMode: string;
	pattern: string;
	maxLength: number | null;
	max: string;
	masked: boolean;
	filled: boolean;
	access: "open" | "read_only" | "disabled";
	hidden: Hidden | null;
	unreachable: boolean;
	choices: string[];
}

export interface Button extends Place {
	form: number | null;
	submits: boolean;
	text: string;
	name: string;
}

export interface Line extends Place {
	heading: boolean;
	text: string;
}

export interface Description {
	title: string;
	language: string;
	url: string;
	groups: Group[];
	controls: Control[];
	buttons: Button[];
	texts: Line[];
}
