// The threshold: who comes, and what they would rather not hear.

import { make, root, tell } from "./make.mjs";
import { speak, word } from "./words.mjs";

export class Threshold {
	/** @type {any} */ known = { state: "new", locale: "" };
	awaited = false;

	constructor(section, asked) {
		this.section = section;
		this.form = section.querySelector("form");
		this.button = section.querySelector("form > button");
		this.state = section.querySelector(".state");
		this.asks = section.querySelector(".asks");
		this.form.addEventListener("submit", () => {
			if (this.button.disabled) return;
			this.button.disabled = true;
			tell(section, "begin", this.#answers());
		});
		this.form.addEventListener("change", ({ target }) => target.name === "locale" && asked(target.value));
	}

	#answers() {
		const { state, veils, locales, pronouns, older_name, older } = this.known;
		if (state === "within") return {};
		const data = new FormData(this.form);
		return { name: this.form.name.value.trim(), ...(pronouns && { pronoun: data.get("pronoun") || null }),
			...(veils.length && { veiled: data.getAll("veiled") }), ...(locales.length > 1 && { locale: data.get("locale") }),
			...(older_name && data.has("older") !== older && { older: !older }) };
	}

	set(message, passing) {
		const before = this.known.locale;
		Object.assign(this.known, message);
		const within = message.state === "within";
		if (message.locale !== before) this.#ask();
		this.form.name.disabled = within;
		this.asks.classList.toggle("shown", !within && this.asks.firstElementChild.textContent !== "");
		this.say("");
		this.button.disabled = passing && within;
		if (this.awaited) this.button.focus({ preventScroll: true });
		this.awaited = false;
	}

	#ask() {
		const { name, pronouns, pronoun, locales, locale, language, veils, veiled, older_name, older } = this.known;
		const { form, asks } = this;
		const sets = asks.querySelectorAll("fieldset");
		const again = sets[1].querySelector("label") && new FormData(form).getAll("veiled");
		if (!again) {
			if (name) form.name.value = name;
			if (pronoun) form.pronoun.value = pronoun;
			form.older.checked = older;
		}
		const fill = (set, type, name, all) => set.replaceChildren(...set.querySelectorAll("legend, p"), ...all.map(([value, text, checked]) =>
			make("label", {}, [make("input", { type, name, value, checked }), make("span", { text })])));
		fill(sets[1], "radio", "locale", locales.map((id) => [id, new Intl.DisplayNames([id], { type: "language" }).of(id), id === (locale ?? language)]));
		fill(sets[2], "checkbox", "veiled", veils.map(({ id, label }) => [id, label, (again || veiled).includes(id)]));
		[pronouns, locales.length > 1, veils.length, older_name].forEach((asked, i) => (sets[i].hidden = !asked));
		asks.firstElementChild.textContent = [...asks.querySelectorAll("fieldset:not([hidden]) legend")].map((legend) => legend.textContent).join(" · ");
	}

	async speak(language, { title, opening, notes }) {
		await speak((root.lang = language));
		const part = (name) => this.section.querySelector(name);
		part("h1").textContent = document.title = title;
		part(".opening").replaceChildren(...opening.map((text) => make("p", { text, dir: "auto" })));
		if (notes.length) part(".notes").replaceChildren(make("b", { text: word("notes") }), ` ${word("holds", notes.join(", "))}`);
	}

	say(note, shut = false) {
		const { state } = this.known;
		this.button.textContent = word(state);
		this.state.textContent = note || word(`${state}-note`);
		if (shut || note) this.button.disabled = shut;
	}
}
