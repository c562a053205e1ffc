import { css, html, type nothing, svg, type TemplateResult } from "lit";
import { count, t } from "../../ui/text.ts";
import { type Report, STANDINGS, type Standing } from "./report.ts";

/** Of such a radius that the way around is 100: a share is its per cent. */
const RADIUS = 15.915;
const GAP = 1.5;

/** The vault as a ring: how many of its passwords are fine, and what is wrong with the others. */
export function ring({ standing, logins }: Report): TemplateResult {
	const all = logins.length;
	const shown = STANDINGS.filter((one) => standing[one] > 0);
	let from = 0;
	const arcs = shown.map((one) => {
		const share = (100 * standing[one]) / all;
		const arc = arcOf(one, from, share, shown.length > 1 ? Math.min(GAP, share / 2) : 0);
		from += share;
		return arc;
	});
	const said = count("health_fine_of", standing.fine, { all });
	return html`<div class="picture">
		<div class="ring">
			<svg viewBox="0 0 36 36" role="img" aria-label=${said}>
				<circle class="ground" cx="18" cy="18" r=${RADIUS} />
				${arcs}
			</svg>
			<p aria-hidden="true"><b>${t("health_ratio", { n: standing.fine, all })}</b> ${t("health_ratio_what")}</p>
		</div>
		<ul class="legend">
			${shown.map((one) => html`<li class=${one}><i></i>${count(`health_standing_${one}`, standing[one])}</li>`)}
		</ul>
	</div>`;
}

/** It begins at the top: a quarter before where circles begin. */
function arcOf(one: Standing, from: number, share: number, gap: number): TemplateResult | typeof nothing {
	return svg`<circle
		class=${one}
		cx="18"
		cy="18"
		r=${RADIUS}
		stroke-dasharray="${share - gap} ${100 - share + gap}"
		stroke-dashoffset=${25 - from - gap / 2}
	/>`;
}

export const ringSheet = css`
	.picture {
		display: flex;
		flex-wrap: wrap;
		gap: var(--s4) var(--s6);
		align-items: center;
		justify-content: center;
	}
	.ring {
		position: relative;
		inline-size: 10rem;
		block-size: 10rem;
	}
	.ring circle {
		fill: none;
		stroke: var(--tone);
		stroke-width: 3;
	}
	.ring .ground {
		stroke: var(--sunken);
	}
	.ring p {
		position: absolute;
		inset: 0;
		padding-inline: 1.5rem;
		display: grid;
		align-content: center;
		justify-items: center;
		color: var(--ink-soft);
		font-size: var(--text-s);
		text-align: center;
	}
	.ring b {
		color: var(--ink);
		font: 500 var(--text-l) / 1.2 var(--serif);
		overflow-wrap: normal; /* between words at most, where there are thousands */
	}
	.legend {
		display: grid;
		gap: var(--s2);
		font-size: var(--text-s);
	}
	.legend li {
		display: flex;
		gap: var(--s2);
		align-items: center;
	}
	.legend i {
		inline-size: 0.75rem;
		block-size: 0.75rem;
		border-radius: 50%;
		background: var(--tone);
	}
	.fine {
		--tone: var(--good);
	}
	.open {
		--tone: var(--line);
	}
	.aside {
		--tone: var(--ink-soft);
	}
	.weak {
		--tone: var(--accent);
	}
	.reused {
		--tone: var(--amber);
	}
	.leaked {
		--tone: var(--wax);
	}
`;
