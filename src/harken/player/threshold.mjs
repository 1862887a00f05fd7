// The threshold: the server wrote it; here it learns who comes and what they would rather not hear, and lets them in.

import { make, tell } from "./make.mjs";
import { speak, word } from "./words.mjs";

export class Threshold {
  known = { state: "new", veils: [], veiled: [], locales: [], notes: [] };

  /** @param {HTMLElement} section */
  constructor(section) {
    this.form = section.querySelector("form");
    this.button = section.querySelector("form > button");
    this.state = section.querySelector(".state");
    this.asks = section.querySelector(".asks");
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
    const { state, veils, locales, pronouns, older } = this.known;
    if (state === "within") return {};
    const data = new FormData(this.form);
    return { name: this.form.name.value.trim(), ...(pronouns && { pronoun: data.get("pronoun") || null }),
      ...(veils.length && { veiled: data.getAll("veiled") }), ...(locales.length > 1 && { locale: data.get("locale") }),
      ...(pronouns && data.has("older") !== older && { older: !older }) };
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
    const { name, pronouns, pronoun, locales, locale, language, veils, veiled, older } = this.known;
    if (name) this.form.name.value = name;
    const [pronounSet, localeSet, veilSet] = this.asks.querySelectorAll("fieldset");
    const choices = (set, all, set_) => set.append(...all.map(([value, text, checked]) => make("label", {}, [make("input", { ...set_, value, checked }), make("span", { text })])));
    choices(localeSet, locales.map((id) => [id, new Intl.DisplayNames([id], { type: "language" }).of(id), id === (locale ?? language)]), { type: "radio", name: "locale" });
    choices(veilSet, veils.map(({ id, label }) => [id, label, veiled.includes(id)]), { type: "checkbox", name: "veiled" });
    if (pronoun) this.form.querySelector(`[value=${pronoun}]`).checked = true;
    this.form.older.checked = older;
    pronounSet.hidden = this.form.older.parentElement.hidden = !pronouns;
    localeSet.hidden = locales.length < 2;
    veilSet.hidden = this.asks.querySelector(".hint").hidden = !veils.length;
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
    if (notes.length) this.form.parentElement.querySelector(".notes").replaceChildren(make("b", { text: word("notes") }), ` ${word("holds", notes.join(", "))}`);
  }

  /** A word to the reader; `shut` while nobody can step in. @param {string} note */
  say(note, shut = false) {
    this.button.textContent = word(this.known.state);
    this.state.textContent = note || word(`${this.known.state}-note`);
    if (shut || note) this.button.disabled = shut;
  }

  /** The way in takes the focus, once it is open again. */
  focus() {
    this.awaited = true;
  }
}
