// Makes elements. Text is only ever text here: nothing that was told or typed is read as markup.

const DRAWN = ["svg", "path"];

/**
 * An element: its tag with classes after dots ("p.line.past"); its attributes, where `on...` are listened for and `text` is text.
 * @param {string} tag @param {Record<string, any>} [set] @param {(Node | string)[]} [inside] @returns {any}
 */
export function make(tag, set = {}, inside = []) {
  const [name, ...classes] = tag.split(".");
  const element = DRAWN.includes(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(set)) {
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
}

/** A button. @param {() => void} onclick @param {object} [set] */
export const button = (text, onclick, set) => make("button", { type: "button", text, onclick, ...set });

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
