// What the player itself says. What a table lacks is said in English.

const LANGUAGES = ["en", "de"];
const tables = {};
let tongue = "en";

export async function speak(language) {
	tongue = LANGUAGES.find((one) => one === language.split("-")[0]) ?? "en";
	for (const one of ["en", tongue]) tables[one] ??= await fetch(new URL(`words/${one}.json`, import.meta.url)).then((answer) => answer.json()).catch(() => null);
	settle(document);
}

export const word = (key, ...more) => (tables[tongue]?.[key] ?? tables.en?.[key] ?? "").replace(/\{(\d)\}/g, (_, n) => more[n]);

export function settle(within) {
	for (const element of within.querySelectorAll("[data-word], [data-label]")) {
		const { word: text, label, hint } = element.dataset;
		element.lang = tongue;
		if (text) element.textContent = word(text);
		if (label) element.ariaLabel = word(label);
		if (hint) element.placeholder = word(hint);
	}
}

export const dated = (day) => new Date(`${day}T12:00`).toLocaleDateString(tongue, { dateStyle: "long" });
