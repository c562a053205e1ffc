// A real OpenID provider (npm `oidc-provider`) on loopback, for tests: `node tests/rig/oidc.mjs REDIRECT_URI`.
// Prints {"issuer", "now"} as its first line, and runs until its standard input ends. Its people are whoever
// signs in: the login name is the subject, and `name@example.com`, verified, the address.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [redirect, home] = process.argv.slice(2);
const { Provider } = await load("oidc-provider");

const server = createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
	clients: [{ client_id: "sigill", client_secret: "the-client-secret", redirect_uris: [redirect] }],
	claims: { openid: ["sub", "auth_time"], email: ["email", "email_verified"] },
	// Into the ID token, as most providers do: by themselves they go to the userinfo endpoint.
	conformIdTokenClaims: false,
	findAccount: (_context, id) => ({
		accountId: id,
		claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true }),
	}),
	pkce: { required: () => true },
	// It knows no other, and says no to whoever asks for one.
	discovery: { prompt_values_supported: ["none", "login", "consent"] },
	features: { devInteractions: { enabled: true } },
	cookies: { keys: ["only for tests"] },
});
server.on("request", provider.callback());
// Whoever reads the first line may read no other.
process.stdout.on("error", () => {});
console.log(JSON.stringify({ issuer, now: Math.floor(Date.now() / 1000) }));
process.stdin.resume().on("end", () => process.exit());

/** From the repository, or from the folder that is named. */
async function load(name) {
	const require = createRequire(home ? `${home}/` : import.meta.url);
	return import(pathToFileURL(require.resolve(name)).href);
}
