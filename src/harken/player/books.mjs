// <harken-books>: the shelves as a list. A title turns from language to language until it has been told.

import { make } from "./make.mjs";

const BEATS = ["beating slowly", "beating", "beating faster", "beating fast, as if about to open"];
const NAMELESS = ["a book without a title", null];

export class HarkenBooks extends HTMLElement {
  /** @type {Book[]} */ books = [];
  turned = 0;

  /** One breath later: every title has turned once. @param {Book[]} books */
  set(books) {
    this.turned += 1;
    this.books = books;
    if (this.isConnected) this.draw();
  }

  draw() {
    const rows = this.books.map(({ veil, near, still, title }, i) => {
      const [text, lang] = title ? [title, null] : veil[(this.turned + i) % veil.length] ?? NAMELESS;
      return make(`li.${still ? "still" : `near-${near}`}`, {}, [make("cite", { text, lang, dir: "auto" }), make("span", { text: still ? "still" : BEATS[near] })]);
    });
    this.replaceChildren(make("ul", {}, rows.length ? rows : [make("li", { text: "There are no books here." })]));
  }
}
customElements.define("harken-books", HarkenBooks);
