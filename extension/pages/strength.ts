/** How hard a master password is to guess. A chunk of its own: loaded when somebody chooses one. */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import * as common from "@zxcvbn-ts/language-common";
import * as english from "@zxcvbn-ts/language-en";
import type { Key } from "../ui/text.ts";

export interface Strength {
	/** 0 very weak … 4 strong. */
	readonly score: 0 | 1 | 2 | 3 | 4;
	/** What makes it weak, if one thing does. */
	readonly warning: Key | undefined;
}

const WARNINGS: Readonly<Record<string, Key>> = {
	straightRow: "strength_warn_keyboard",
	keyPattern: "strength_warn_keyboard",
	simpleRepeat: "strength_warn_repeat",
	extendedRepeat: "strength_warn_repeat",
	sequences: "strength_warn_sequence",
	recentYears: "strength_warn_date",
	dates: "strength_warn_date",
	topTen: "strength_warn_common",
	topHundred: "strength_warn_common",
	common: "strength_warn_common",
	similarToCommon: "strength_warn_common",
	pwned: "strength_warn_common",
	wordByItself: "strength_warn_word",
	namesByThemselves: "strength_warn_name",
	commonNames: "strength_warn_name",
	userInputs: "strength_warn_word",
};

const estimator = new ZxcvbnFactory({
	dictionary: { ...common.dictionary, ...english.dictionary },
	graphs: common.adjacencyGraphs,
});

export function strength(password: string, known: string[]): Strength {
	const { score, feedback } = estimator.check(password, known);
	return { score, warning: feedback.warning ? WARNINGS[feedback.warning] : undefined };
}
