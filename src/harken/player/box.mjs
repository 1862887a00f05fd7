// <harken-box>: what is typed stays until it is answered.

import { tell } from "./make.mjs";

customElements.define("harken-box", class extends HTMLElement {
	connectedCallback() {
		this.area = this.querySelector("textarea");
		this.note = this.querySelector(".note");
		this.addEventListener("submit", () => this.draft.trim() && tell(this, "words", this.draft));
		this.area.addEventListener("keydown", (event) => {
			if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
			event.preventDefault();
			this.area.form.requestSubmit();
		});
	}

	get draft() {
		return this.area.value;
	}

	heard(text) {
		if (this.draft.trim() === text.trim()) this.area.value = "";
		this.say("");
	}

	say(note) {
		if (this.note.textContent !== note) this.note.textContent = note;
	}
});
