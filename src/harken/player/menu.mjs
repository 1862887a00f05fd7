// The pages over the page: the menu with the settings, and one leaf for all that is read beside the story.

import { button, give, make, tell } from "./make.mjs";
import { keep, show } from "./settings.mjs";
import { dated, word } from "./words.mjs";

export class Menu {
	constructor(player) {
		this.menu = player.querySelector(".menu");
		this.leaf = player.querySelector(".leaf");
		this.form = this.menu.querySelector("form");
		this.form.touch.parentElement.hidden = !navigator.vibrate;
		this.form.addEventListener("input", ({ target }) => {
			keep(target);
			tell(player, "settings");
		});
		for (const dialog of [this.menu, this.leaf]) dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
	}

	get open() {
		return this.menu.open || this.leaf.open;
	}

	close() {
		this.menu.close();
		this.leaf.close();
	}

	show() {
		show(this.form);
		this.menu.showModal();
	}

	/** A page to read, and one way back. @param {(Node | string)[]} parts */
	page(title, parts, back = word("close"), look = "") {
		this.close();
		this.leaf.className = `leaf ${look}`;
		this.leaf.replaceChildren(make("h2", { id: "leaf", text: title }), ...parts, button(back, () => this.close(), { class: "back", autofocus: true }));
		this.leaf.showModal();
		this.leaf.scrollTop = 0;
	}

	/** The page outside the story, as the threshold brings it: where help is to be had. */
	help({ title, text, lines, back } = { title: word("help"), text: [word("no-help")], lines: [], back: word("back") }) {
		const line = ({ name, contact, hours, checked }) => make("li", {}, [make("b", { text: name }), " ",
			/^\+?[\d ()/-]{3,}$/.test(contact) ? make("a", { href: `tel:${contact.replace(/[^+\d]/g, "")}`, text: contact }) : contact,
			` ${hours}`, make("small", { text: checked && word("checked", dated(checked)) })]);
		this.page(title, [...text.map((one) => make("p", { text: one })), make("ul", {}, lines.map(line))], back, "care");
	}

	transcript(text) {
		const copy = button(word("copy"), () => void navigator.clipboard.writeText(text).then(() => (copy.textContent = word("copied"))));
		const save = button(word("save"), () => give("harken.txt", new Blob([text])));
		this.page(word("transcript"), [make("div.transcript", { tabindex: "0", text: text || word("no-transcript") }), make("p.take", { hidden: !text }, [save, copy])]);
	}
}
