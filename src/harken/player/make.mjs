// Makes elements. Text is only ever text here: nothing that was told or typed is read as markup.

const DRAWN = ["svg", "path"];

/**
 * An element: its tag with classes after dots ("p.line.past"); its attributes, where `on...` are listened for and `text` is text.
 * @param {string} tag @param {Record<string, any>} [set] @param {(Node | string)[]} [inside] @returns {any}
 */
export function make(tag, { text = "", ...set } = {}, inside = []) {
	const [name, ...classes] = tag.split(".");
	const element = document.createElementNS(`http://www.w3.org/${DRAWN.includes(name) ? "2000/svg" : "1999/xhtml"}`, name);
	for (const [key, value] of Object.entries(/** @type {Record<string, any>} */ ({ class: classes.join(" ") || null, ...set }))) {
		if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
		else if ((value ?? false) !== false) element.setAttribute(key, value === true ? "" : value);
	}
	if (text) element.append(text);
	element.append(...inside);
	return element;
}

/** A button. @param {() => void} onclick @param {object} [set] @param {(Node | string)[]} [inside] */
export const button = (text, onclick, set, inside) => make("button", { type: "button", text, onclick, ...set }, inside);

/** Gives the reader a file. */
export function give(download, blob) {
	const href = URL.createObjectURL(blob);
	make("a", { href, download }).click();
	setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Whether pictures and words should keep still. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.classList.contains("stilled");

/** Something of ours happened: tells whoever holds the element. @param {any} [detail] */
export const tell = (from, type, detail) => from.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
