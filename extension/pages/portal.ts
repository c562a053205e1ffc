import { call } from "../background/client.ts";

/** Where in the account portal a person wants to go. */
export type Place = "home" | "forgot" | "choose_password" | "two_factor";

const PATHS: { readonly [P in Place]: string } = {
	home: "/portal",
	forgot: "/portal/forgot",
	choose_password: "/portal/choose-password",
	two_factor: "/portal/two-factor",
};

/** Opens the account portal of the service that this device is signed in to, in a tab of its own. */
export async function openPortal(place: Place): Promise<void> {
	const { account } = await call("status");
	if (!account) return;
	await chrome.tabs.create({ url: `${account.service}${PATHS[place]}` });
}
