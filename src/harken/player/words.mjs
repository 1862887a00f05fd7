// What the player itself says: one table a language. What a table lacks is said in English.

const LANGUAGES = ["en", "de"];
/** @type {Record<string, Record<string, string>>} */ const tables = {};
let tongue = "en";

/** Speaks this language from now on, in the whole page. */
export async function speak(language) {
	tongue = LANGUAGES.find((one) => one === language.split("-")[0]) ?? "en";
	for (const one of ["en", tongue]) tables[one] ??= await fetch(new URL(`words/${one}.json`, import.meta.url)).then((answer) => answer.json()).catch(() => null);
	settle(document);
}

/** What is said under this key, with `more` put in. @param {any[]} more */
export const word = (key, ...more) => (tables[tongue]?.[key] ?? tables.en?.[key] ?? "").replace(/\{(\d)\}/g, (_, n) => more[n]);

/** Says what is marked in a part of the page (`data-word`, `data-label`, `data-hint`). */
export function settle(within) {
	for (const element of within.querySelectorAll("[data-word], [data-label]")) {
		const { word: text, label, hint } = element.dataset;
		element.lang = tongue;
		if (text) element.textContent = word(text);
		if (label) element.ariaLabel = word(label);
		if (hint) element.placeholder = word(hint);
	}
}

/** A day as this language writes it. */
export const dated = (day) => new Date(`${day}T12:00`).toLocaleDateString(tongue, { dateStyle: "long" });
