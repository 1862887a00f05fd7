// <harken-menu>: one key away: wake gently, the books, the transcript, the size of the text, a picture that keeps still.

import { make, tell } from "./make.mjs";

const SIZES = [0.85, 1, 1.15, 1.3, 1.5, 1.75];
const SWITCHES = { stilled: "Still the picture", plain: "No picture, stronger contrast", "no-digits": "Digits do not choose" };
const KEYS = "Hold space, or hold the picture, to breathe with them. Digits choose. Any letter begins to write. Escape opens this.";

/** The reader's settings, and never their words, are kept in this browser. */
const kept = { get: (key) => localStorage.getItem(`harken:${key}`), set: (key, value) => localStorage.setItem(`harken:${key}`, value) };

/** Puts the settings of last time to work. */
function settle() {
  const root = document.documentElement;
  for (const name of Object.keys(SWITCHES)) root.classList.toggle(name, kept.get(name) === "on");
  root.style.setProperty("--size", kept.get("size") ?? "1");
}
settle();

const button = (text, onclick, more = {}) => make("button", { type: "button", text, onclick, ...more });

export class HarkenMenu extends HTMLElement {
  connectedCallback() {
    this.dialog = make("dialog", { "aria-label": "Menu", onclick: (event) => event.target === this.dialog && this.dialog.close() });
    this.append(this.dialog);
  }

  get open() {
    return this.dialog.open;
  }

  show(now) {
    const size = Math.max(0, SIZES.indexOf(Number(kept.get("size") ?? 1)));
    const sizer = (step, label) => button("A", () => {
      kept.set("size", String(SIZES[Math.min(SIZES.length - 1, Math.max(0, size + step))]));
      settle();
      this.show(now);
      this.querySelector(`[data-step="${step}"]`).focus();
    }, { "data-step": String(step), "aria-label": label });
    const turn = (name) => (event) => {
      kept.set(name, event.target.checked ? "on" : "off");
      settle();
      tell(this, "settings");
    };
    const wake = () => {
      this.dialog.close();
      tell(this, "wake");
    };
    this.#fill("Menu", [
      button("Go on", () => this.dialog.close()),
      button("The books", () => tell(this, "books")),
      button("Transcript", () => tell(this, "transcript")),
      make("div.sizes", { role: "group", "aria-label": "Size of the text" },
        [sizer(-1, "Smaller text"), make("span", { text: `Text at ${Math.round(SIZES[size] * 100)} %`, role: "status" }), sizer(1, "Larger text")]),
      ...Object.entries(SWITCHES).map(([name, text]) => make("label.switch", {},
        [make("input", { type: "checkbox", checked: kept.get(name) === "on", onchange: turn(name) }), make("span", { text })])),
      make("p.keys", { text: KEYS }),
      ...(now.canWake ? [button("Wake gently", wake)] : []),
    ]);
  }

  /** A page of the menu. */
  page(title, body, more = []) {
    this.#fill(title, [body, ...more, button("Close", () => this.dialog.close())]);
  }

  #fill(title, parts) {
    this.dialog.replaceChildren(make("h2", { text: title }), ...parts);
    if (!this.dialog.open) this.dialog.showModal();
  }
}
customElements.define("harken-menu", HarkenMenu);
