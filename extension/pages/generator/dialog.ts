import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { icon } from "../../ui/icon.ts";
import { type Key, t } from "../../ui/text.ts";
import { Screen } from "../screen.ts";
import type { Kind } from "./generate.ts";
import "./generate.ts";
import type { Mail } from "./make.ts";

/** What is asked for. */
export interface Wanted {
	readonly title: Key;
	readonly kinds: readonly Kind[];
	readonly mail: Mail;
}

/** The generator over a form; what is taken there goes into a field. */
@customElement("sg-generator-dialog")
export class GeneratorDialog extends Screen {
	static override styles = [
		...Screen.styles,
		css`
			dialog {
				inline-size: min(32rem, 100vw - var(--s4));
				max-block-size: calc(100dvh - var(--s4));
				padding: var(--s4);
				border: var(--hairline) solid var(--line);
				border-radius: var(--round-l);
				background: var(--surface);
				color: var(--ink);
				overscroll-behavior: contain;
			}
			dialog::backdrop {
				background: rgb(0 0 0 / 0.45);
			}
			header {
				display: flex;
				justify-content: space-between;
				align-items: center;
				gap: var(--s2);
				margin-block-end: var(--s3);
			}
		`,
	];

	@property({ attribute: false }) accessor wanted: Wanted | undefined;
	private taken: string | undefined;

	override render(): TemplateResult {
		const { wanted } = this;
		return html`<dialog aria-labelledby="title" @sigill-taken=${this.take} @close=${this.closed}>
			<header>
				<h2 id="title">${wanted ? t(wanted.title) : ""}</h2>
				<button
					type="button"
					class="icon-only"
					aria-label=${t("close")}
					title=${t("close")}
					@click=${() => this.dialog?.close()}
				>
					${icon("close")}
				</button>
			</header>
			${
				wanted
					? html`<sg-generate .kinds=${wanted.kinds} .mail=${wanted.mail} .purpose=${"use"}></sg-generate>`
					: ""
			}
		</dialog>`;
	}

	protected override firstUpdated(): void {
		this.dialog?.showModal();
	}

	private get dialog(): HTMLDialogElement | null {
		return this.renderRoot.querySelector("dialog");
	}

	private readonly take = (event: CustomEvent<string>): void => {
		event.stopPropagation();
		this.taken = event.detail;
		this.dialog?.close();
	};

	private readonly closed = (): void => {
		const detail = this.taken;
		this.remove();
		this.dispatchEvent(new CustomEvent("sigill-chosen", { detail }));
	};
}

/** Lets the person make a value over the form in `root`; nothing where they don't take one. */
export function ask(root: ParentNode, wanted: Wanted): Promise<string | undefined> {
	const dialog = new GeneratorDialog();
	dialog.wanted = wanted;
	root.append(dialog);
	return new Promise((resolve) => {
		// An event has null where it carries nothing.
		const chosen = (event: Event) => resolve((event as CustomEvent<string | null>).detail ?? undefined);
		dialog.addEventListener("sigill-chosen", chosen, { once: true });
	});
}
