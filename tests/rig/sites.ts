import type { BrowserContext, Page } from "@playwright/test";

/** Sites of the web, as far as a journey needs them: address and page. Whatever else is asked for there isn't. */
export async function sites(context: BrowserContext, pages: Readonly<Record<string, string>>): Promise<void> {
	await context.route(
		(url) => url.hostname.endsWith(".example") || url.hostname.endsWith(".test"),
		(route) => {
			const url = new URL(route.request().url());
			const body = pages[`${url.origin}${url.pathname}`];
			if (body === undefined) return route.fulfill({ status: 404, body: "" });
			return route.fulfill({ contentType: "text/html; charset=utf-8", body: whole(body) });
		},
	);
}

const whole = (body: string) =>
	`<!doctype html><html lang="en"><title>Site</title><body>${body}</body></html>`;

/** A form to sign in, in clear and in order. */
export const SIGN_IN = `<main><h1>Sign in</h1><form method="get" action="/in">
	<label>User name <input name="user" autocomplete="username"></label>
	<label>Password <input name="word" type="password" autocomplete="current-password"></label>
	<button>Sign in</button></form></main>`;

/** The same, sent nowhere. */
export const STAYING = SIGN_IN.replace('method="get"', 'onsubmit="return false"');

export const fields = (page: Page) => ({
	user: page.locator("[name=user]"),
	word: page.locator("[name=word]"),
});
