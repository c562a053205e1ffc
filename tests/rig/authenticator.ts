import type { CDPSession, Page } from "@playwright/test";

/** An authenticator of a page's device, as Chromium simulates it: it is touched at once. */
export class Authenticator {
	private constructor(
		private readonly session: CDPSession,
		private readonly authenticatorId: string,
	) {}

	static async of(page: Page, { hasPrf = true } = {}): Promise<Authenticator> {
		const session = await page.context().newCDPSession(page);
		await session.send("WebAuthn.enable");
		const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
			options: {
				protocol: "ctap2",
				ctap2Version: "ctap2_1",
				transport: "internal",
				hasResidentKey: true,
				hasUserVerification: true,
				isUserVerified: true,
				automaticPresenceSimulation: true,
				hasPrf,
			},
		});
		return new Authenticator(session, authenticatorId);
	}

	async count(): Promise<number> {
		const { authenticatorId } = this;
		const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId });
		return credentials.length;
	}

	/** Whether somebody touches it as soon as it is asked. */
	async touched(enabled: boolean): Promise<void> {
		const { authenticatorId } = this;
		await this.session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
	}

	async forget(): Promise<void> {
		await this.session.send("WebAuthn.clearCredentials", { authenticatorId: this.authenticatorId });
	}

	async unplug(): Promise<void> {
		await this.session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.authenticatorId });
		await this.session.detach();
	}
}
