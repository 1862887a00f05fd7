// <harken-words>: the box. What is typed stays in it until the breath that answers it is here.

import { make, tell } from "./make.mjs";

export class HarkenWords extends HTMLElement {
  connectedCallback() {
    this.box = make("textarea", { rows: "1", dir: "auto", "aria-label": "Say something, in your own words",
      placeholder: "or in your own words", autocomplete: "off", onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#send();
      }, oninput: () => this.#grow() });
    this.note = make("p.note", { role: "status" });
    this.append(make("form", { onsubmit: (event) => {
      event.preventDefault();
      this.#send();
    } }, [this.box, make("button.send", { type: "submit", text: "Say" })]), this.note);
    this.sent = "";
  }

  /** The words were heard: they leave the box, unless others were typed meanwhile. */
  heard() {
    if (this.box.value.trim() === this.sent.trim()) this.box.value = "";
    this.sent = "";
    this.say("");
    this.#grow();
  }

  /** A word to the reader about their words. */
  say(note) {
    if (this.note.textContent !== note) this.note.textContent = note;
  }

  focusBox() {
    this.box.focus();
  }

  #send() {
    const text = this.box.value;
    if (!text.trim()) return;
    this.sent = text;
    tell(this, "words", text);
  }

  #grow() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 160)}px`;
  }
}
customElements.define("harken-words", HarkenWords);
