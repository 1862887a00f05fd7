// The shelves as a list. A title turns from language to language until it has been told.

import { make } from "./make.mjs";
import { word } from "./words.mjs";

/** @param {Book[]} books @param {number} turned how many breaths went by: every title turns with each */
export function bookList(books, turned) {
	const rows = books.map(({ veil, near, still, title }, i) => {
		const [text, lang] = title ? [title] : veil[(turned + i) % veil.length] ?? [word("untitled")];
		const how = still ? "still" : `near-${near}`;
		return make(`li.${how}`, {}, [make("cite", { text, lang, dir: "auto" }), make("span", { text: word(how) })]);
	});
	return rows.length ? make("ul.books", { tabindex: "0" }, rows) : make("p", { text: word("no-books") });
}
