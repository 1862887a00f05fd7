// The pages over the page.

import { button, give, make, tell } from "./make.mjs";
import { keep, on, setting } from "./settings.mjs";
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
		for (const field of this.form) Object.assign(field, { value: setting(field.name), checked: on(field.name) });
		this.menu.showModal();
	}

	page(title, parts, back = word("close"), look = "") {
		this.close();
		this.leaf.className = `leaf ${look}`;
		this.leaf.replaceChildren(make("h2", { id: "leaf", text: title }), ...parts, button(back, () => this.close(), { class: "back", autofocus: true }));
		this.leaf.showModal();
		this.leaf.scrollTop = 0;
	}

	help({ title, text, lines, back } = { title: word("help"), text: [word("no-help")], lines: [], back: word("back") }) {
		const line = ({ name, contact, hours, checked }) => make("li", {}, [make("b", { text: name }), " ",
			/^\+?[\d ()/-]{3,}$/.test(contact) ? make("a", { href: `tel:${contact.replace(/[^+\d]/g, "")}`, text: contact }) : contact,
			` ${hours}`, make("small", { text: checked && word("checked", dated(checked)) })]);
		this.page(title, [...text.map((one) => make("p", { text: one })), make("ul", {}, lines.map(line))], back, "care");
	}

	books(books, turned) {
		const rows = books.map(({ veil, near, still, title }, i) => {
			const [text, lang] = title ? [title] : veil[(turned + i) % veil.length] ?? [word("untitled")];
			const how = still ? "still" : `near-${near}`;
			return make(`li.${how}`, {}, [make("cite", { text, lang, dir: "auto" }), make("span", { text: word(how) })]);
		});
		this.page(word("books"), [rows.length ? make("ul.books", { tabindex: "0" }, rows) : make("p", { text: word("no-books") })]);
	}

	transcript(text) {
		const copy = button(word("copy"), () => void navigator.clipboard.writeText(text).then(() => (copy.textContent = word("copied"))));
		const save = button(word("save"), () => give("harken.txt", new Blob([text])));
		this.page(word("transcript"), [make("div.transcript", { tabindex: "0", text: text || word("no-transcript") }), make("p.take", { hidden: !text }, [save, copy])]);
	}
}
