// <harken-box>: the box. What is typed stays in it until the breath that answers it is here.

import { tell } from "./make.mjs";

export class HarkenBox extends HTMLElement {
	connectedCallback() {
		this.area = this.querySelector("textarea");
		this.note = this.querySelector(".note");
		const send = (event) => {
			event.preventDefault();
			if (this.draft.trim()) tell(this, "words", this.draft);
		};
		this.addEventListener("submit", send);
		this.area.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && send(event));
	}

	get draft() {
		return this.area.value;
	}

	/** The words were heard: they leave the box, unless others were typed meanwhile. */
	heard(text) {
		if (this.draft.trim() === text.trim()) this.area.value = "";
		this.say("");
	}

	/** A word to the reader about their words; the same one is not read out again. */
	say(note) {
		if (this.note.textContent !== note) this.note.textContent = note;
	}
}
customElements.define("harken-box", HarkenBox);
