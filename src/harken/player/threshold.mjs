// The threshold: the server wrote it; here it learns who comes and what they would rather not hear, and lets them in.

import { make, tell } from "./make.mjs";
import { speak, word } from "./words.mjs";

export class Threshold {
	/** @type {any} */ known = { state: "new" };
	/** Whether the way in takes the focus, once it is open again. */ awaited = false;

	/** @param {HTMLElement} section */
	constructor(section) {
		this.form = section.querySelector("form");
		this.button = section.querySelector("form > button");
		this.state = section.querySelector(".state");
		this.asks = section.querySelector(".asks");
		this.notes = section.querySelector(".notes");
		this.form.addEventListener("submit", (event) => {
			event.preventDefault();
			if (this.button.disabled) return;
			this.button.disabled = true;
			tell(section, "begin", this.#answers());
		});
		this.form.addEventListener("change", ({ target }) => target.name === "locale" && void this.#tongue(target.value));
	}

	/** What the reader says of themselves. Within a meeting it is as they said before. */
	#answers() {
		const { state, veils, locales, pronouns, older_name, older } = this.known;
		if (state === "within") return {};
		const data = new FormData(this.form);
		return { name: this.form.name.value.trim(), ...(pronouns && { pronoun: data.get("pronoun") || null }),
			...(veils.length && { veiled: data.getAll("veiled") }), ...(locales.length > 1 && { locale: data.get("locale") }),
			...(older_name && data.has("older") !== older && { older: !older }) };
	}

	/** @param {any} message @param {boolean} passing whether the reader goes straight through */
	set(message, passing) {
		const before = this.known.title;
		Object.assign(this.known, message);
		const within = message.state === "within";
		if (!before) this.#ask();
		this.form.name.disabled = within;
		this.asks.classList.toggle("shown", !within && this.asks.firstElementChild.textContent !== "");
		this.say("");
		this.button.disabled = passing && within;
		if (this.awaited) this.button.focus({ preventScroll: true });
		this.awaited = false;
	}

	/** Fills in what this story asks; what it does not ask is not there. */
	#ask() {
		const { name, pronouns, pronoun, locales, locale, language, veils, veiled, older_name, older } = this.known;
		const { form, asks } = this;
		if (name) form.name.value = name;
		if (pronoun) form.querySelector(`[value=${pronoun}]`).checked = true;
		form.older.checked = older;
		const tongues = locales.map((id) => [id, new Intl.DisplayNames([id], { type: "language" }).of(id), id === (locale ?? language)]);
		const fill = (set, type, name, all) => set.append(...all.map(([value, text, checked]) => make("label", {}, [make("input", { type, name, value, checked }), make("span", { text })])));
		const sets = asks.querySelectorAll("fieldset");
		fill(sets[1], "radio", "locale", tongues);
		fill(sets[2], "checkbox", "veiled", veils.map(({ id, label }) => [id, label, veiled.includes(id)]));
		[pronouns, locales.length > 1, veils.length, older_name].forEach((asked, i) => (sets[i].hidden = !asked));
		this.#name();
	}

	/** The line that opens what is asked says what that is. */
	#name() {
		const asked = [...this.asks.querySelectorAll("fieldset:not([hidden]) legend")];
		this.asks.firstElementChild.textContent = asked.map((legend) => legend.textContent).join(" · ");
	}

	/** Another language is spoken from here on. */
	async #tongue(language) {
		await speak(language);
		this.#name();
		this.say("");
		const { notes } = this.known;
		if (notes.length) this.notes.replaceChildren(make("b", { text: word("notes") }), ` ${word("holds", notes.join(", "))}`);
	}

	/** A word to the reader; `shut` while nobody can step in. @param {string} note */
	say(note, shut = false) {
		const { state } = this.known;
		this.button.textContent = word(state);
		this.state.textContent = note || word(`${state}-note`);
		if (shut || note) this.button.disabled = shut;
	}
}
