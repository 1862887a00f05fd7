// <harken-offers>: what can be done now, as buttons; the first nine answer to their digit. Quiet ones wait under "More".

import { make, tell } from "./make.mjs";

const narrow = matchMedia("(max-width: 46rem), (max-aspect-ratio: 1/1)");

export class HarkenOffers extends HTMLElement {
  /** @type {Offer[]} */ offers = [];
  open = false;

  connectedCallback() {
    this.setAttribute("role", "group");
    this.setAttribute("aria-label", "What you can do");
    this.tabIndex = -1;
  }

  /** @param {Offer[]} offers */
  set(offers) {
    const held = this.contains(document.activeElement);
    this.offers = offers;
    this.open = false;
    this.#draw();
    if (held) this.focus({ preventScroll: true });
  }

  /** @returns {Offer | undefined} */
  find(move) {
    return this.offers.find((offer) => offer.move === move && offer.target === null);
  }

  /** Does what a digit stands for. */
  press(digit) {
    const button = this.querySelector(`[data-digit="${digit}"]`);
    button?.click();
    return Boolean(button);
  }

  /** While a turn is under way nothing else is taken. */
  wait(waiting) {
    this.classList.toggle("waiting", waiting);
    this.setAttribute("aria-busy", String(waiting));
  }

  #draw() {
    // what can always be done stands first, then a few of the things at hand
    const [moves, things] = [true, false].map((plain) => this.offers.filter((offer) => !offer.quiet && !offer.target === plain));
    const [few, most] = narrow.matches ? [3, 5] : [6, 8];
    const first = [...moves.slice(0, few), ...things].slice(0, most);
    const rest = this.offers.filter((offer) => !first.includes(offer));
    const button = (offer, i) => make("button.offer", {
      type: "button", "data-offer": offer.id, "data-move": offer.move, "data-digit": i < 9 ? i + 1 : null,
      "aria-keyshortcuts": i < 9 ? String(i + 1) : null, onclick: () => tell(this, "offer", offer),
    }, [make("kbd", { "aria-hidden": "true", text: i < 9 ? String(i + 1) : "" }), make("span", { text: offer.label, dir: "auto" })]);
    const items = first.map(button);
    if (rest.length) {
      const more = make("button.more", { type: "button", "aria-expanded": String(this.open), text: this.open ? "Less" : "More", onclick: () => {
        this.open = !this.open;
        this.#draw();
        this.querySelector(".more").focus();
      } });
      items.push(more);
      if (this.open) items.push(make("div.quiet", {}, rest.map((offer, i) => button(offer, first.length + i))));
    }
    this.replaceChildren(...items);
  }
}
customElements.define("harken-offers", HarkenOffers);
