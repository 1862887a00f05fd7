// The shelves as a list. A title turns from language to language until it has been told.

import { make } from "./make.mjs";
import { word } from "./words.mjs";

/** @param {Book[]} books @param {number} turned how many breaths went by: every title turns with each */
export function bookList(books, turned) {
  const rows = books.map(({ veil, near, still, title }, i) => {
    const [text, lang] = title ? [title, null] : veil[(turned + i) % veil.length] ?? [word("untitled"), null];
    return make(`li.${still ? "still" : `near-${near}`}`, {}, [make("cite", { text, lang, dir: "auto" }), make("span", { text: word(still ? "still" : `near-${near}`) })]);
  });
  return rows.length ? make("ul.books", { tabindex: "0" }, rows) : make("p", { text: word("no-books") });
}
