// Makes elements. Nothing that was told or typed is read as markup.

/** @param {Record<string, any>} [set] @param {(Node | string)[]} [inside] @returns {any} */
export function make(tag, set = {}, inside = []) {
	const { text, onclick, ...more } = set;
	const [name, ...classes] = tag.split(".");
	/** @type {any} */ const element = document.createElementNS(`http://www.w3.org/${["svg", "path"].includes(name) ? "2000/svg" : "1999/xhtml"}`, name);
	element.onclick = onclick;
	element.classList.add(...classes);
	for (const [key, value] of Object.entries(more)) {
		if ((value ?? false) !== false) element.setAttribute(key, value === true ? "" : value);
	}
	if (text) element.append(text);
	element.append(...inside);
	return element;
}

/** @param {object} [set] @param {(Node | string)[]} [inside] */
export const button = (text, onclick, set, inside) => make("button", { type: "button", text, onclick, ...set }, inside);

export function give(download, blob) {
	const href = URL.createObjectURL(blob);
	make("a", { href, download }).click();
	setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

export const root = document.documentElement;
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches || root.matches(".stilled");

/** @param {any} [detail] */
export const tell = (from, type, detail) => from.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
