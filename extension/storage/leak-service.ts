/** Where leaked passwords are looked up, in the format of Have I Been Pwned's "Pwned Passwords" (API v3). */
export const LEAK_SERVICE = "https://api.pwnedpasswords.com";

/** Only these may be sent in clear, as the manifest says too: they are this computer. */
const HERE = ["127.0.0.1", "localhost"];

/** The address that is asked about a prefix: nothing but five digits goes there. */
export function leakRange(service: string, prefix: string): URL | undefined {
	if (!/^[0-9A-F]{5}$/.test(prefix)) return undefined;
	const address = URL.parse(`${service.trim().replace(/\/+$/, "")}/range/${prefix}`);
	if (!address || address.search || address.hash || address.username || address.password) return undefined;
	const isSafe = address.protocol === "https:";
	return isSafe || (address.protocol === "http:" && HERE.includes(address.hostname)) ? address : undefined;
}
