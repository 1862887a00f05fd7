// Makes elements. Text is only ever text here: nothing that was told or typed is read as markup.

/**
 * An element: its tag with classes after dots ("p.line.past"); its attributes, where `on...` are listened for and `text` is text.
 * @param {string} tag @param {Record<string, any>} [set] @param {(Node | string)[]} [inside]
 */
export function make(tag, set = {}, inside = []) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(set)) {
    if (key === "text") element.textContent = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
}

/** Whether pictures and words should keep still. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.classList.contains("stilled");

/** Something of ours happened: tells whoever holds the element. */
export const tell = (from, type, detail) => from.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
