import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "../rig/fixtures.ts";
import { loginOf } from "../rig/logins.ts";
import { Overlay } from "../rig/overlay.ts";
import { SIGN_IN, sites } from "../rig/sites.ts";

const OUT = join("out", "screens");

for (const theme of ["light", "dark"] as const) {
	for (const language of ["en", "sv"] as const) {
		test.describe(() => {
			test.use({ language });
			test(`a picture of whatever is shown in pages (${theme}, ${language})`, async ({ person }) => {
				const folder = join(OUT, `${theme}-${language}`);
				mkdirSync(folder, { recursive: true });
				await person.browser.set({ theme });
				await person.createVault();
				const words = [
					"anna.berg@person.example",
					"styrelsen",
					"en.mycket.lang.adress.som.inte.ryms@postlada.example",
				];
				for (const word of words)
					await person.ask("save", loginOf("https://shop.example/", word, "korrekt häst"));
				await sites(person.browser.context, {
					"https://shop.example/": LOOKS + SIGN_IN,
					"http://shop.example/": LOOKS + SIGN_IN,
					"https://other.example/": LOOKS + SIGN_IN,
					"https://shop.example.login.test/": LOOKS + SIGN_IN,
					"https://shop.example/in": `${LOOKS}<main><h1>Welcome</h1></main>`,
				});
				const page = await person.browser.context.newPage();
				await page.setViewportSize({ width: 600, height: 480 });
				const overlay = new Overlay(page);
				const picture = (name: string) => page.screenshot({ path: join(folder, `inpage-${name}.png`) });
				const open = async (url: string) => {
					await page.goto(url);
					await page.locator("[name=user]").click();
				};
				await open("https://shop.example/");
				await overlay.sees("menuitem", "anna");
				await picture("menu");
				await open("http://shop.example/");
				await overlay.press("menuitem", "anna");
				await overlay.sees("menuitem", person.t("inpage_fill_anyway"));
				await picture("caution");
				await open("https://other.example/");
				await overlay.sees("StaticText", person.t("inpage_none"));
				await picture("none");
				await open("https://shop.example.login.test/");
				await overlay.sees("alert", "");
				await picture("imitates");
				await open("https://shop.example/");
				await page.locator("[name=user]").fill("ny@person.example");
				await page.locator("[name=word]").fill("ett nytt lösenord");
				await page.getByRole("button").click();
				await overlay.sees("button", person.t("inpage_save"));
				await picture("save");
				await person.ask("lock");
				await open("https://shop.example/");
				await overlay.sees("menuitem", person.t("inpage_unlock"));
				await picture("locked");
			});
		});
	}
}

/** A page as pages look, so that what is ours is seen beside it. */
const LOOKS = `<style>body{font:16px/1.5 Georgia,serif;margin:0;background:#eef2ee;color:#123}
	main{max-width:24rem;margin:2rem auto;padding:2rem;background:#fff;border-radius:8px}
	label{display:block;margin:.8rem 0}input{display:block;width:100%;box-sizing:border-box;padding:.6rem;font:inherit;border:1px solid #9ab}
	button{padding:.6rem 1.2rem;font:inherit;background:#175;color:#fff;border:0}</style>`;
