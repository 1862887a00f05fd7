// <harken-offers>: what can be done now; the first nine answer to their digit, quiet ones wait under "More".

import { button, make, tell } from "./make.mjs";
import { word } from "./words.mjs";

const narrow = matchMedia("(max-width: 46rem), (max-aspect-ratio: 1/1)");
/** What has a button of its own: beside the page, or first of all. */
const APART = ["wake", "skip", "not-meant"];

export class HarkenOffers extends HTMLElement {
	/** @type {Offer[]} */ offers = [];

	/** @param {Offer[]} offers */
	set(offers) {
		const held = this.contains(document.activeElement);
		this.offers = offers;
		this.#draw(false);
		if (held) this.focus({ preventScroll: true });
	}

	find(move) {
		return this.offers.find((offer) => offer.move === move && offer.target === null);
	}

	/** Does what a digit stands for; whether it stands for anything. */
	press(digit) {
		const one = this.querySelector(`[data-digit="${digit}"]`);
		one?.click();
		return Boolean(one);
	}

	/** While a turn is under way nothing else is taken. */
	wait(waiting) {
		this.classList.toggle("waiting", waiting);
		this.ariaBusy = String(waiting);
	}

	#draw(open) {
		// what can always be done stands first, then a few of the things at hand
		const [moves, things] = [true, false].map((plain) => this.offers.filter((offer) => !offer.quiet && !offer.target === plain));
		const [few, most] = narrow.matches ? [3, 5] : [6, 8];
		const first = [...moves.slice(0, few), ...things].slice(0, most);
		const rest = this.offers.filter((offer) => !first.includes(offer) && !APART.includes(offer.move));
		const one = (offer, i) => {
			const digit = i < 9 ? String(i + 1) : null;
			return button("", () => tell(this, "offer", offer), { class: "offer", "data-move": offer.move, "data-target": offer.target, "data-digit": digit,
				"aria-keyshortcuts": digit }, [make("kbd", { "aria-hidden": "true", text: digit }), make("span", { text: offer.label, dir: "auto" })]);
		};
		const meant = this.find("not-meant");
		this.replaceChildren(...(meant ? [button(meant.label, () => tell(this, "offer", meant), { class: "meant", "data-move": "not-meant" })] : []), ...first.map(one));
		if (!rest.length) return;
		this.append(button(word(open ? "less" : "more"), () => {
			this.#draw(!open);
			this.querySelector(".more").focus();
		}, { class: "more", "aria-expanded": String(open) }));
		if (open) this.append(make("div.quiet", {}, rest.map((offer, i) => one(offer, first.length + i))));
	}
}
customElements.define("harken-offers", HarkenOffers);
