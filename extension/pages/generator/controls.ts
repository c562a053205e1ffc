import { html, nothing, type TemplateResult } from "lit";
import { t } from "../../ui/text.ts";

type Changed<E extends HTMLElement> = Event & { currentTarget: E };

interface Numbered {
	readonly id: string;
	readonly label: string;
	readonly value: number;
	readonly range: readonly [number, number];
	readonly set: (value: number) => void;
}

/** A number between two, typed. */
export function numberField({ id, label, value, range, set }: Numbered): TemplateResult {
	return html`<div class="number">
		<label for=${id}>${label}</label>
		${typed({ id, value, range, set })}
	</div>`;
}

/** A number between two, drawn or typed. */
export function slider({ id, label, value, range, set }: Numbered): TemplateResult {
	const [least, most] = range;
	return html`<div class="field">
		<label for=${id}>${label}</label>
		<div class="slider">
			<input
				id=${id}
				type="range"
				min=${least}
				max=${most}
				.value=${String(value)}
				@input=${(event: Changed<HTMLInputElement>) => set(event.currentTarget.valueAsNumber)}
			/>
			${typed({ id: `${id}-n`, value, range, set, name: t("generator_typed", { what: label }) })}
		</div>
	</div>`;
}

function typed({
	id,
	value,
	range: [least, most],
	set,
	name,
}: Omit<Numbered, "label"> & { readonly name?: string }): TemplateResult {
	// Half a number is no choice yet: what is out of reach waits, and is put right when the field is left.
	const input = (event: Changed<HTMLInputElement>) => {
		const next = event.currentTarget.valueAsNumber;
		if (Number.isInteger(next) && next >= least && next <= most) set(next);
	};
	const left = (event: Changed<HTMLInputElement>) => {
		const next = Math.round(event.currentTarget.valueAsNumber);
		const right = Number.isNaN(next) ? value : Math.min(Math.max(next, least), most);
		event.currentTarget.value = String(right);
		set(right);
	};
	return html`<input
		id=${id}
		type="number"
		inputmode="numeric"
		min=${least}
		max=${most}
		aria-label=${name ?? nothing}
		.value=${String(value)}
		@input=${input}
		@change=${left}
	/>`;
}

/** Yes or no. */
export function tick(label: string, value: boolean, set: (value: boolean) => void): TemplateResult {
	return html`<label class="tick">
		<input
			type="checkbox"
			.checked=${value}
			@change=${(event: Changed<HTMLInputElement>) => set(event.currentTarget.checked)}
		/>
		${label}
	</label>`;
}

/** One of a few, by name. */
export function choose<T extends string>(
	{ id, label, value }: { readonly id: string; readonly label: string; readonly value: T },
	options: readonly (readonly [T, string])[],
	set: (value: T) => void,
): TemplateResult {
	const change = (event: Changed<HTMLSelectElement>) => {
		const option = options[event.currentTarget.selectedIndex];
		if (option) set(option[0]);
	};
	return html`<div class="field">
		<label for=${id}>${label}</label>
		<select id=${id} @change=${change}>
			${options.map(([option, name]) => html`<option value=${option} ?selected=${option === value}>${name}</option>`)}
		</select>
	</div>`;
}
