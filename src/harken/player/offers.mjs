// <harken-offers>: what can be done now.

import { button, make, tell } from "./make.mjs";
import { word } from "./words.mjs";

const narrow = matchMedia("(max-width: 46rem), (max-aspect-ratio: 1/1)");
// they have a button of their own
const APART = ["wake", "skip", "not-meant"];

customElements.define("harken-offers", class extends HTMLElement {
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

	press(digit) {
		const one = this.querySelector(`[data-digit="${digit}"]`);
		one?.click();
		return one;
	}

	wait(waiting) {
		this.classList.toggle("waiting", waiting);
		this.ariaBusy = String(waiting);
	}

	#draw(open) {
		const loud = this.offers.filter((offer) => !offer.quiet);
		const [few, most] = narrow.matches || innerHeight < 480 ? [3, innerHeight < 700 ? 4 : 5] : [6, 8];
		const first = [...loud.filter((offer) => !offer.target).slice(0, few), ...loud.filter((offer) => offer.target)].slice(0, most);
		const rest = this.offers.filter((offer) => !first.includes(offer) && !APART.includes(offer.move));
		const one = (offer, i) => {
			const digit = i < 9 ? String(i + 1) : null;
			return this.#button(offer, { class: "offer", "data-target": offer.target, "data-digit": digit, "aria-keyshortcuts": digit }, [
				make("kbd", { "aria-hidden": "true", text: digit }), make("span", { text: offer.label, dir: "auto" })]);
		};
		const meant = this.find("not-meant");
		this.replaceChildren(...(meant ? [this.#button(meant, { class: "meant" }, [meant.label])] : []), ...first.map(one));
		if (!rest.length) return;
		const more = button(word(open ? "less" : "more"), () => {
			this.#draw(!open);
			this.querySelector(".more").focus();
		}, { class: "more", "aria-expanded": String(open) });
		this.append(more);
		if (open) this.append(make("div.quiet", {}, rest.map((offer, i) => one(offer, first.length + i))));
	}

	#button(offer, set, inside) {
		return button("", () => tell(this, "offer", offer), { "data-move": offer.move, ...set }, inside);
	}
});
