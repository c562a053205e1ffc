/** The texts of what is shown in pages: the background hands over those whose names begin with `inpage_`. */
import type en from "../../../_locales/en/messages.json";
import type { Looks } from "../messages.ts";

type Name = keyof typeof en extends infer Key ? (Key extends `inpage_${infer Rest}` ? Rest : never) : never;

export type Text = (name: Name, params?: Readonly<Record<string, string>>) => string;

export function texts({ texts }: Looks): Text {
	return (name, params = {}) =>
		(texts[`inpage_${name}`] ?? name).replaceAll(
			/\{(\w+)\}/g,
			(whole, place: string) => params[place] ?? whole,
		);
}
