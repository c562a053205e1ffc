import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type VerifiedAuthenticationResponse,
	type VerifiedRegistrationResponse,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type WebAuthnCredential,
} from "@simplewebauthn/server";

const BUNDLE = new URL(
	"../../node_modules/@simplewebauthn/browser/dist/bundle/index.umd.min.js",
	import.meta.url,
);

/** What a page of the site does; `text` says what became of it. */
const PAGE = `<!doctype html><html lang="en"><title>A site</title>
<h1>A site</h1>
<label>User <input id="user" value="anna" autocomplete="username webauthn"></label>
<button id="register">Register</button> <button id="sign-in">Sign in</button> <button id="act">Act</button>
<p role="status" id="said"></p>
<script src="/webauthn.js"></script>
<script>
const { startRegistration, startAuthentication } = SimpleWebAuthnBrowser;
const said = document.getElementById("said");
const user = () => document.getElementById("user").value;
async function ask(path, body) {
	const answer = await fetch(path, { method: "POST", body: JSON.stringify(body) });
	return answer.json();
}
async function say(work) {
	said.textContent = "…";
	try { said.textContent = await work(); } catch (thrown) { said.textContent = (thrown.cause ?? thrown).name; }
}
const register = () => say(async () => {
	const optionsJSON = await ask("/register", { user: user() });
	const { verified } = await ask("/registered", await startRegistration({ optionsJSON }));
	return verified ? "registered" : "not verified";
});
const signIn = (useBrowserAutofill) => say(async () => {
	const optionsJSON = await ask("/sign-in", {});
	const { verified, user } = await ask("/signed-in", await startAuthentication({ optionsJSON, useBrowserAutofill }));
	return verified ? "signed in as " + user : "not verified";
});
document.getElementById("register").onclick = register;
document.getElementById("sign-in").onclick = () => signIn(false);
document.getElementById("act").onclick = () => window.act?.();
if (location.search === "?beside") signIn(true);
</script></html>`;

/** A site with passkeys, whose answers are verified by a library that is not ours. */
export class RelyingParty {
	private readonly known = new Map<string, { user: string; credential: WebAuthnCredential }>();
	private challenge = "";
	private user = "";
	/** What the library said of what was last made, and of what was last signed. */
	registration: VerifiedRegistrationResponse | undefined;
	authentication: VerifiedAuthenticationResponse | undefined;
	/** What is asked for besides what a test changes. */
	verification: "required" | "preferred" | "discouraged" = "preferred";

	private constructor(private readonly server: Server) {}

	static async open(): Promise<RelyingParty> {
		const server = createServer();
		const site = new RelyingParty(server);
		server.on("request", (asked, reply) => {
			site.answer(asked).then(
				([type, body]) => reply.setHeader("content-type", type).end(body),
				(thrown) => reply.writeHead(500).end(JSON.stringify({ verified: false, why: String(thrown) })),
			);
		});
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
		return site;
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	get port(): number {
		return (this.server.address() as AddressInfo).port;
	}

	get origin(): string {
		return `http://localhost:${this.port}`;
	}

	private async answer(asked: IncomingMessage): Promise<[string, string | Buffer]> {
		if (asked.method !== "POST") {
			if (asked.url === "/webauthn.js") return ["text/javascript", readFileSync(BUNDLE)];
			return ["text/html", PAGE];
		}
		const chunks: Buffer[] = [];
		for await (const chunk of asked) chunks.push(chunk as Buffer);
		const answer = await this.post(asked.url ?? "", JSON.parse(Buffer.concat(chunks).toString()));
		return ["application/json", JSON.stringify(answer)];
	}

	// biome-ignore lint/suspicious/noExplicitAny: what comes over the network is the library's to read
	private async post(path: string, body: any): Promise<object> {
		const { challenge, origin } = this;
		const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: "localhost" };
		const requireUserVerification = this.verification !== "discouraged";
		switch (path) {
			case "/register": {
				this.user = body.user;
				const options = await generateRegistrationOptions({
					rpName: "A site",
					rpID: "localhost",
					userName: body.user,
					userDisplayName: `${body.user} of the site`,
					excludeCredentials: this.of(body.user),
					authenticatorSelection: { residentKey: "required", userVerification: this.verification },
				});
				this.challenge = options.challenge;
				return options;
			}
			case "/registered": {
				const verified = await verifyRegistrationResponse({
					response: body,
					requireUserVerification,
					...expected,
				});
				this.registration = verified;
				const credential = verified.registrationInfo?.credential;
				if (credential) this.known.set(credential.id, { user: this.user, credential });
				return { verified: verified.verified };
			}
			case "/sign-in": {
				const options = await generateAuthenticationOptions({
					rpID: "localhost",
					userVerification: this.verification,
				});
				this.challenge = options.challenge;
				return options;
			}
			case "/signed-in": {
				const known = this.known.get(body.id);
				if (!known) return { verified: false };
				const { credential, user } = known;
				const response = { response: body, credential, requireUserVerification };
				this.authentication = await verifyAuthenticationResponse({ ...response, ...expected });
				return { verified: this.authentication.verified, user };
			}
			default:
				return {};
		}
	}

	/** Credentials of a user. */
	private of(user: string): { id: string }[] {
		const all = [...this.known.values()].filter((one) => one.user === user);
		return all.map(({ credential: { id } }) => ({ id }));
	}
}
