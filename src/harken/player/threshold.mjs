// The threshold: the server wrote it; here it learns who comes, and lets them in.

import { tell } from "./make.mjs";

const WAYS = {
  new: ["Step in", ""], next: ["Sleep again", "They will remember you."], within: ["Go back in", "You are still there."],
};

export class Threshold {
  constructor(section) {
    const find = (what) => section.querySelector(what);
    this.button = find("button");
    this.name = find("input[name=name]");
    this.nameless = find("input[name=nameless]");
    this.state = find(".state");
    this.nameless.addEventListener("change", () => (this.name.disabled = this.nameless.checked));
    find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.button.disabled) return;
      this.button.disabled = true;
      tell(section, "begin", this.nameless.checked ? null : this.name.value.trim() || null);
    });
  }

  /** @param {{state: string, name: string | null}} message @param {boolean} passing whether the reader goes straight through */
  set({ state, name }, passing) {
    const [way, word] = WAYS[state] ?? WAYS.new;
    this.button.textContent = way;
    this.button.disabled = passing && state === "within";
    this.state.textContent = word;
    if (name && !this.name.value) this.name.value = name;
    this.name.disabled = state === "within" || this.nameless.checked;
    if (this.awaited) this.button.focus({ preventScroll: true });
    this.awaited = false;
  }

  /** A word to the reader; `shut` while nobody can step in. */
  say(note, shut = false) {
    this.state.textContent = note;
    if (shut || note) this.button.disabled = shut;
  }

  /** The way in takes the focus, once it is open again. */
  focus() {
    this.awaited = true;
  }
}
