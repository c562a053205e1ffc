/**
 * Where there is something to fill: looks for forms, marks the field that somebody is in, fills when a person asks for
 * it, and remembers what was sent so that it can be saved. It holds no secret and judges nothing: what a form is for, and
 * what may go into it, the background says.
 */
import { ask, isAlive } from "./ask.ts";
import { fillAtOnce } from "./at-once.ts";
import { type Field, OURS } from "./elements.ts";
import { type Fillable, ITEM_OF } from "./form-kinds.ts";
import type { Overlays, World } from "./menu/overlays.ts";
import { type Filled, isToPage, type Looks, type ToPage } from "./messages.ts";
import { fillForm, fillNew, formOf, formsNow, look, type Place, placeOf } from "./page.ts";
import { watchSending } from "./sent.ts";
import { fieldOf, focused, watch } from "./watch.ts";

/** After a submit within a page, an answer that stays there has so long to show. */
const ANSWERED_MS = 1500;
/** So long after it came, or after something was sent, a page is asked whether something waits. */
const ASKED_MS = 15_000;
const SIGNING = ["sign_in", "sign_up", "change_password"] as const;

let shown: Overlays | undefined;
/** Who went into a field before this script was there goes on without pressing again. */
let isFirst = true;
let askedUntil = ASKED_MS;
let looks: Promise<Looks | undefined> | undefined;

async function overlays(): Promise<typeof shown> {
	looks ??= ask("looks", {});
	const known = await looks;
	const lent = { fillForm, fillNew, placeOf, ours: OURS };
	if (known) shown ??= (globalThis as World).sigillOverlays?.(known, lent, (field) => open(field, "menu"));
	if (!shown) looks = undefined; // asked again by whatever needs it next
	return shown;
}

/** A field in which there is something to offer. */
function offered(field: Field | undefined): Place | undefined {
	return field && placeOf(field);
}

function open(field: Field, into: "menu" | "field"): void {
	const place = offered(field);
	if (place) void overlays().then((shown) => shown?.menu.open(field, place, into));
}

async function entered(field: Field | undefined): Promise<void> {
	if (!field || !offered(field)) {
		shown?.mark.hide();
		return;
	}
	(await overlays())?.mark.show(field);
}

function isOurs(event: Event): boolean {
	return shown !== undefined && (shown.mark.holds(event) || shown.menu.holds(event));
}

/** Down opens the menu, and goes into it; escape closes it. */
function onKey(event: KeyboardEvent): void {
	if (!event.isTrusted || isOurs(event)) return;
	const field = fieldOf(event);
	if (event.key === "ArrowDown" && field instanceof HTMLInputElement && offered(field)) {
		event.preventDefault();
		event.stopImmediatePropagation();
		if (shown?.menu.isOpen) shown.menu.enter();
		else open(field, "menu");
	} else if (event.key === "Escape" && shown?.menu.isOpen) {
		event.stopImmediatePropagation();
		shown.menu.close();
	}
}

function onPress(event: PointerEvent): void {
	if (!event.isTrusted || isOurs(event)) return;
	const field = fieldOf(event);
	if (shown?.menu.isOpen && field !== shown.menu.field) shown.menu.close();
}

/** Who types has chosen, and who goes elsewhere too: the menu makes room for what it covers. */
function onLeaving(event: Event): void {
	if (isOurs(event)) return;
	const field = fieldOf(event);
	if (event.type === "input" || field !== shown?.menu.field) shown?.menu.close();
	if (event.type === "focusin") void entered(field);
}

function onClick(event: MouseEvent): void {
	const [target] = event.composedPath();
	if (!event.isTrusted || !(target instanceof HTMLInputElement) || target.value !== "") return;
	if (placeOf(target)) open(target, "field");
}

/** Shows what waits to be saved, once the page no longer asks for it. */
async function showPending(): Promise<void> {
	if (window !== top || shown?.prompt.isOpen || performance.now() > askedUntil) return;
	const asks = SIGNING.filter((kind) => formOf(kind) !== undefined);
	const pending = await ask("pending", { asks });
	const overlay = pending && (await overlays());
	if (overlay) overlay.prompt.show(pending);
	else if (pending)
		setTimeout(() => void showPending(), ANSWERED_MS); // what shows it couldn't be brought yet
	else if (asks.length === 0) askedUntil = 0; // nothing was sent in this tab
}

const formFor = (kind: Fillable) => formsNow().find(({ form }) => ITEM_OF[form.kind] === kind);

/** Whether the popup named this page, not one that stood here before. Of a frame nothing was said: what it gets the session judges. */
const isMeant = (origin: string) => window !== top || location.origin === origin;

/** As the person chose in the popup. */
async function fillNow({ origin, id, kind, despite }: Extract<ToPage, { sigill: "fill" }>): Promise<Filled> {
	if (!isMeant(origin)) return "elsewhere";
	await look(() => {});
	const form = formFor(kind);
	return form !== undefined && (await fillForm(form, { id, despite })) ? "filled" : "nothing";
}

/** What items the page's forms take. */
async function taken(origin: string): Promise<Fillable[]> {
	if (!isMeant(origin)) return [];
	await look(() => {});
	return [...new Set(formsNow().map(({ form }) => ITEM_OF[form.kind]))];
}

async function follows(message: ToPage): Promise<unknown> {
	switch (message.sigill) {
		case "fill":
			return fillNow(message);
		case "taken":
			return taken(message.origin);
		case "settled":
			return shown?.prompt.hide();
	}
}

function follow(): void {
	requestAnimationFrame(() => {
		shown?.mark.follow();
		shown?.menu.follow();
		shown?.prompt.follow();
	});
}

/** After each look while something may wait: a page whose scripts never rest is not to wake the background for ever. */
async function lookAgain(): Promise<void> {
	if (!isAlive()) return;
	await look(() => {
		const field = focused();
		void entered(field);
		if (isFirst && field?.value === "" && navigator.userActivation?.isActive) open(field, "field");
		isFirst = false;
		void fillAtOnce();
	});
	await showPending();
}

function begin(): void {
	watch(() => void lookAgain());
	watchSending(() => {
		askedUntil = performance.now() + ASKED_MS;
		setTimeout(() => void lookAgain(), ANSWERED_MS);
	});
	addEventListener("keydown", onKey, true);
	addEventListener("pointerdown", onPress, true);
	addEventListener("click", onClick, true);
	addEventListener("focusin", onLeaving, true);
	addEventListener("input", (event) => event.isTrusted && onLeaving(event), true);
	addEventListener("scroll", follow, { capture: true, passive: true });
	addEventListener("resize", follow, { passive: true });
	chrome.runtime.onMessage.addListener((message: unknown, _sender, reply: (answer: unknown) => void) => {
		if (!isToPage(message)) return false;
		void follows(message).then(reply);
		return true;
	});
}

/** The tab's next page may have brought it already. */
const mine = globalThis as { sigill?: true };
if (!mine.sigill) {
	mine.sigill = true;
	begin();
}
