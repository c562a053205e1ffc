/** Elements, made by hand: a page's script has no room for a library. */

type Child = Node | string | undefined | false;

export function draw<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Readonly<Record<string, string>> = {},
	...children: Child[]
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	element.append(
		...children.filter((child): child is Node | string => child !== undefined && child !== false),
	);
	return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of 24 by 24, of one path. */
export function drawing(path: string, attributes: Readonly<Record<string, string>> = {}): SVGElement {
	const svg = document.createElementNS(SVG, "svg");
	svg.setAttribute("viewBox", "0 0 24 24");
	svg.setAttribute("aria-hidden", "true");
	for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
	const line = document.createElementNS(SVG, "path");
	line.setAttribute("d", path);
	svg.append(line);
	return svg;
}

export const LOCK = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";
export const KEY = "M14 10a4 4 0 1 0-3.5 4l1.5 1.5h2V18h2.5v2.5H20V17l-6.2-5.6";
export const PASSKEY =
	"M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M3 20c.5-4 3-6 6-6 1.2 0 2.3.3 3.2.9M17 10.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5M17 15.5V21l1.8-1.5";
export const CARD = "M3 6h18v12H3zM3 10h18M6.5 15h4";
export const PERSON = "M12 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M5 20c.6-4 3.5-6 7-6s6.4 2 7 6";
/** The seal, small. */
export function seal(): SVGElement {
	const svg = drawing("M12 1.5 20.5 6.5 21.5 16 14.5 22.5 5.5 20.5 2.5 12 5.5 4z", { fill: "#a52a36" });
	const hole = document.createElementNS(SVG, "path");
	hole.setAttribute("d", "M12 7a2.6 2.6 0 0 1 1.5 4.7l1 4.9h-5l1-4.9A2.6 2.6 0 0 1 12 7Z");
	hole.setAttribute("fill", "#fbeee6");
	svg.append(hole);
	return svg;
}
