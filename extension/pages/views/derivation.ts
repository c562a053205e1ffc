import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { call } from "../../background/client.ts";
import { option, problem, secretField, textField } from "../../ui/field.ts";
import { t } from "../../ui/text.ts";
import type { Kdf, Status } from "../../wasm/sigill.js";
import { Deriving } from "../deriving.ts";
import { go, say, stands } from "../events.ts";
import { failedWith, failureText } from "../failure.ts";
import { Screen } from "../screen.ts";

type Algorithm = Kdf["algorithm"];
type Cost = "memory" | "iterations" | "parallelism" | "rounds";

const MIB = 1024;

/** Today's defaults, as a person types them. */
const DEFAULTS: Record<Cost, string> = { memory: "64", iterations: "3", parallelism: "4", rounds: "600000" };
const COSTS: Record<Algorithm, readonly Cost[]> = {
	argon2id: ["memory", "iterations", "parallelism"],
	pbkdf2: ["rounds"],
};

/** How much work each guess at the master password costs; the same password, the same keys. */
@customElement("sg-derivation")
export class DerivationView extends Screen {
	private readonly deriving = new Deriving(this);
	@state() private accessor now: Kdf | undefined;
	@state() private accessor algorithm: Algorithm = "argon2id";
	@state() private accessor costs: Readonly<Record<Cost, string>> = DEFAULTS;
	@state() private accessor password = "";
	@state() private accessor tried = false;
	@state() private accessor wrong: string | undefined;

	override connectedCallback(): void {
		super.connectedCallback();
		void this.attempt(() => this.learn());
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.password = "";
	}

	private async learn(): Promise<void> {
		const { kdf } = await call("derivation");
		this.now = kdf;
		this.algorithm = kdf.algorithm;
		this.costs = { ...DEFAULTS, ...typed(kdf) };
	}

	override render(): TemplateResult {
		return html`<form class="page" @submit=${this.submit} novalidate>
			<div class="stack tight">
				<h1 tabindex="-1">${t("kdf_title")}</h1>
				<p class="soft">${t("kdf_text")}</p>
				<p>${this.now ? t("kdf_now", { kdf: kdfText(this.now) }) : ""}</p>
			</div>
			<fieldset ?disabled=${this.busy}>
				<legend>${t("kdf_algorithm")}</legend>
				<div class="card stack tight">${this.algorithmOf("argon2id")} ${this.algorithmOf("pbkdf2")}</div>
			</fieldset>
			${COSTS[this.algorithm].map((cost) => this.cost(cost))} ${this.passwordField()} ${problem(this.failure)}
			${this.busy ? this.deriving.render() : this.submitRow()}
		</form>`;
	}

	private algorithmOf(algorithm: Algorithm): TemplateResult {
		return option({
			id: `${algorithm}-text`,
			of: "algorithm",
			label: t(`kdf_${algorithm}`),
			hint: t(`kdf_${algorithm}_text`),
			checked: this.algorithm === algorithm,
			pick: () => {
				this.algorithm = algorithm;
				this.failure = undefined;
			},
		});
	}

	private cost(cost: Cost): TemplateResult {
		const value = this.costs[cost];
		return textField(
			{
				id: cost,
				label: t(`kdf_${cost}`),
				hint: t(`kdf_${cost}_hint`),
				value,
				disabled: this.busy,
				input: (typed) => {
					this.costs = { ...this.costs, [cost]: typed };
					this.failure = undefined;
				},
				error: this.tried && !isNumber(value) ? t("kdf_not_a_number") : undefined,
			},
			"tel",
		);
	}

	private passwordField(): TemplateResult {
		return secretField(
			{
				id: "password",
				label: t("unlock_password"),
				value: this.password,
				autocomplete: "current-password",
				disabled: this.busy,
				input: (value) => {
					this.password = value;
					this.wrong = undefined;
				},
				error: this.wrong ?? (this.tried && this.password === "" ? t("unlock_password_missing") : undefined),
			},
			"what_master_password",
		);
	}

	private submitRow(): TemplateResult {
		return html`<div class="actions">
			<button class="primary" type="submit">${t("kdf_submit")}</button>
			<button type="button" @click=${() => go(this, { view: "settings" })}>${t("cancel")}</button>
		</div>`;
	}

	private async submit(event: Event): Promise<void> {
		event.preventDefault();
		this.tried = true;
		const numbers = COSTS[this.algorithm].every((cost) => isNumber(this.costs[cost]));
		if (!numbers || this.password === "") return;
		const status = await this.attempt(() => this.change());
		if (!status) return;
		this.password = "";
		stands(this, status);
		say(this, { text: t("kdf_done") });
		go(this, { view: "settings" });
	}

	private async change(): Promise<Status> {
		const derivation = await call("derivationFor", this.chosen()); // refused before any work
		const old = await this.deriving.root(await call("derivation"), this.password);
		if (!(await call("isMasterPassword", old))) throw { code: "wrong_master_password" };
		const root = await this.deriving.root(derivation, this.password).catch(noMemory);
		return call("changeSlots", { root: old, act: { act: "derive", root, derivation } });
	}

	private chosen(): Kdf {
		const number = (cost: Cost) => Math.min(Number(this.costs[cost]), 2 ** 32 - 1);
		if (this.algorithm === "pbkdf2") return { algorithm: "pbkdf2", iterations: number("rounds") };
		return {
			algorithm: "argon2id",
			memory: Math.min(number("memory") * MIB, 2 ** 32 - 1),
			iterations: number("iterations"),
			parallelism: number("parallelism"),
		};
	}

	/** What is wrong with the master password is said there. */
	protected override async failed(thrown: unknown): Promise<void> {
		if (failedWith(thrown, "wrong_master_password")) this.wrong = failureText(thrown);
		else await super.failed(thrown);
	}
}

/** Its bounds were kept: all that can be wrong is that there is not so much memory. */
function noMemory(thrown: unknown): never {
	throw failedWith(thrown, "malformed_input") ? { code: "kdf_no_memory" } : thrown;
}

function isNumber(text: string): boolean {
	return /^\d{1,9}$/.test(text.trim());
}

function typed(kdf: Kdf): Partial<Record<Cost, string>> {
	if (kdf.algorithm === "pbkdf2") return { rounds: String(kdf.iterations) };
	return {
		memory: String(Math.floor(kdf.memory / MIB)),
		iterations: String(kdf.iterations),
		parallelism: String(kdf.parallelism),
	};
}

function kdfText(kdf: Kdf): string {
	const { memory, iterations, parallelism, rounds } = { ...DEFAULTS, ...typed(kdf) };
	return kdf.algorithm === "pbkdf2"
		? t("kdf_pbkdf2_now", { rounds })
		: t("kdf_argon2id_now", { memory, iterations, parallelism });
}
